import type { ThresholdConfig } from '../../../../domain/config/consistency.js';
import { tf } from '../../../../engine/tensorflow.js';
import type { Matrix, Vector } from '../../tensors.js';
import { updatedAverage } from './running-average.js';
import type { ImageCounts, ThresholdRule } from './threshold-rule.js';

/** The quota of a configuration without one. */
const DEFAULT_QUOTA = 0.5;

/** Bins of the confidence histogram: enough that few images share one. */
const BINS = 1024;

/** Log odds of the highest confidence below 1 in float32. */
const HIGHEST = 16;

/** Returns one-hot rows [rows, bins] by log odds: 0.99 to 0.999 spans as many bins as 0.9 to 0.99. */
function binned(confidences: Vector, classes: number): Matrix {
  // The most probable of k classes has at least 1 / k.
  const lowest = -Math.log(Math.max(1, classes - 1));
  const odds = tf.div(confidences, tf.maximum(tf.sub(1, confidences), Math.exp(-HIGHEST)));
  const place = tf.mul(tf.sub(tf.log(odds), lowest), BINS / (HIGHEST - lowest));
  const bin = tf.cast(tf.clipByValue(tf.floor(place), 0, BINS - 1), 'int32');
  return tf.cast(tf.oneHot(bin, BINS), 'float32') as Matrix;
}

/**
 * Selects the most confident share of each class (class-balanced self-training, Zou et al. 2018, section 4.2) among
 * recent predictions. An image counts if less than the quota of its class is more confident:
 *
 *     n_c(b) = average of the step's images that are predicted to be c with a confidence in bin b
 *     weight = 1 where (sum of n_c above its bin) / (sum of n_c) < quota
 *
 * The average includes the present step, as in FreeMatch and SoftMatch.
 */
export function quotaThreshold(config: ThresholdConfig, { labelsPerClass }: ImageCounts): ThresholdRule {
  const { momentum, quota = DEFAULT_QUOTA } = config;
  const classes = labelsPerClass.length;
  return {
    memory: { 'quota-confidences': new Float32Array(classes * BINS) },
    weigh({ confidences, chosen }, memory) {
      const bins = binned(confidences, classes);
      const histogram = tf.reshape(tf.matMul(chosen, bins, true), [classes * BINS]);
      const average = updatedAverage(memory['quota-confidences']!, histogram, momentum);
      const ofClass = tf.reshape(average, [classes, BINS]);
      const shareAbove = tf.div(
        tf.cumsum(ofClass, 1, true, true),
        tf.maximum(tf.sum(ofClass, 1, true), 1e-30),
      );
      const own = tf.sum(tf.mul(tf.matMul(chosen, shareAbove as Matrix), bins), 1);
      return {
        weights: tf.cast(tf.less(own, quota), 'float32') as Vector,
        memory: { 'quota-confidences': average },
      };
    },
  };
}
