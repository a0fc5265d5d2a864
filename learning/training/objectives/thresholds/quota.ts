import type { ThresholdConfig } from '../../../../domain/config/consistency.js';
import { tf } from '../../../../engine/tensorflow.js';
import { updatedAverage } from './running-average.js';
import type { ImageCounts, Matrix, ThresholdRule, Vector } from './threshold-rule.js';

/** Where a configuration has none: half of a class. */
const USUAL_QUOTA = 0.5;

/** Kinds of confidence that are told apart: enough that few images share one. */
const BINS = 1024;

/** The log odds of the surest answer below 1 in float32. */
const SUREST = 16;

/** Confidence as log odds, so that 0.99 and 0.999 are as far apart as 0.9 and 0.99; [rows, bins] with a 1 in each row. */
function binned(confidences: Vector, classes: number): Matrix {
  // The most probable of k classes has at least 1 / k.
  const lowest = -Math.log(Math.max(1, classes - 1));
  const odds = tf.div(confidences, tf.maximum(tf.sub(1, confidences), Math.exp(-SUREST)));
  const place = tf.mul(tf.sub(tf.log(odds), lowest), BINS / (SUREST - lowest));
  const bin = tf.cast(tf.clipByValue(tf.floor(place), 0, BINS - 1), 'int32');
  return tf.cast(tf.oneHot(bin, BINS), 'float32') as Matrix;
}

/**
 * The most confident share of each class (class-balanced self-training, Zou et al. 2018, section 4.2), of what has been
 * predicted lately: an image counts when less than the quota of its class is surer,
 *
 *     n_c(b) = average of the step's images that are predicted to be c with a confidence in bin b
 *     weight = 1 where (sum of n_c above its bin) / (sum of n_c) < quota
 *
 * The average takes the step in before it is judged, as in FreeMatch and SoftMatch.
 */
export function quotaThreshold(config: ThresholdConfig, { labelsPerClass }: ImageCounts): ThresholdRule {
  const { momentum, quota = USUAL_QUOTA } = config;
  const classes = labelsPerClass.length;
  return {
    memory: { 'quota-confidences': new Float32Array(classes * BINS) },
    weigh({ confidences, chosen }, memory) {
      const bins = binned(confidences, classes);
      const said = tf.reshape(tf.matMul(chosen, bins, true), [classes * BINS]);
      const average = updatedAverage(memory['quota-confidences']!, said, momentum);
      const ofClass = tf.reshape(average, [classes, BINS]);
      const surer = tf.div(tf.cumsum(ofClass, 1, true, true), tf.maximum(tf.sum(ofClass, 1, true), 1e-30));
      const own = tf.sum(tf.mul(tf.matMul(chosen, surer as Matrix), bins), 1);
      return {
        weights: tf.cast(tf.less(own, quota), 'float32') as Vector,
        memory: { 'quota-confidences': average },
      };
    },
  };
}
