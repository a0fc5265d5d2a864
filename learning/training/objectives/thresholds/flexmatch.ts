import type { ThresholdConfig } from '../../../../domain/config/consistency.js';
import { gatherValues, scatterValues } from '../../../../engine/indexed-values.js';
import { tf } from '../../../../engine/tensorflow.js';
import type { Matrix, Vector } from '../../tensors.js';
import type { ImageCounts, ThresholdRule, UnlabelledPredictions } from './threshold-rule.js';

const NEVER = 0;

/** Returns how often each number below `length` occurs: [length]. */
function countsOf(numbers: Vector, length: number): Vector {
  return tf.sum(tf.cast(tf.oneHot(tf.cast(numbers, 'int32'), length), 'float32'), 0) as Vector;
}

/**
 * Lower thresholds for classes with fewer confident predictions (FlexMatch, Zhang et al. 2021, equations 5 to 11,
 * algorithm 1):
 *
 *     sigma_c = unlabelled images whose last confident prediction is c
 *     beta_c  = sigma_c / max(max sigma, images never predicted confidently)
 *     tau_c   = tau beta_c / (2 - beta_c)
 *
 * As in the paper's code, a step uses the counts before it. The memory has a place for every unlabelled image: 0 before
 * its first confident prediction, then 1 + the class. One more place at the end is for rows to ignore; it stays 0.
 */
export function flexMatchThreshold({ value }: ThresholdConfig, imageCounts: ImageCounts): ThresholdRule {
  const classes = imageCounts.labelsPerClass.length;
  const kinds = classes + 1;
  const counts = new Float32Array(kinds);
  counts[NEVER] = imageCounts.unlabelled;

  function updatedMemory(
    { confidences, chosen, places }: UnlabelledPredictions,
    last: Vector,
    before: Vector,
  ) {
    const at = tf.cast(places!, 'int32') as Vector;
    const old = gatherValues(last, at);
    const isSure = tf.greaterEqual(confidences, value);
    const isPlaced = tf.less(at, imageCounts.unlabelled);
    const predicted = tf.add(tf.argMax(chosen, 1), 1);
    const now = tf.where(tf.logicalAnd(isSure, isPlaced), tf.cast(predicted, 'float32'), old) as Vector;
    return {
      'flexmatch-last': scatterValues(last, at, now),
      'flexmatch-counts': tf.add(before, tf.sub(countsOf(now, kinds), countsOf(old, kinds))),
    };
  }

  return {
    memory: { 'flexmatch-last': new Float32Array(imageCounts.unlabelled + 1), 'flexmatch-counts': counts },
    weigh(predictions, memory) {
      const last = memory['flexmatch-last'] as Vector;
      const before = memory['flexmatch-counts'] as Vector;
      const [never, confident] = tf.split(before, [1, classes]) as [Vector, Vector];
      const beta = tf.div(confident, tf.maximum(tf.max(confident), never));
      const thresholds = tf.mul(value, tf.div(beta, tf.sub(2, beta)));
      const own = tf.sum(tf.mul(predictions.chosen, thresholds) as Matrix, 1);
      return {
        weights: tf.cast(tf.greaterEqual(predictions.confidences, own), 'float32') as Vector,
        memory: updatedMemory(predictions, last, before),
      };
    },
  };
}
