import type { ThresholdConfig } from '../../../../domain/config/consistency.js';
import { gatherValues, scatterValues } from '../../../../engine/indexed-values.js';
import { tf } from '../../../../engine/tensorflow.js';
import type { Crowd, Matrix, Said, ThresholdRule, Vector } from './threshold-rule.js';

const NEVER = 0;

/** Rows of class numbers as rows of zeros with a 1. */
function counted(numbers: Vector, kinds: number): Vector {
  return tf.sum(tf.cast(tf.oneHot(tf.cast(numbers, 'int32'), kinds), 'float32'), 0) as Vector;
}

/**
 * Thresholds that are lower for classes learnt less (FlexMatch, Zhang et al. 2021, equations 5 to 11, algorithm 1):
 *
 *     sigma_c = unlabelled images whose last confident prediction is c
 *     beta_c  = sigma_c / max(max sigma, images never predicted confidently)
 *     tau_c   = tau beta_c / (2 - beta_c)
 *
 * As in its code, a step is judged by the counts before it. Every unlabelled image has a place in the memory: 0 for
 * never, or 1 + its class; the place after the last stays 0, for rows that are not to be remembered.
 */
export function flexMatchThreshold({ value }: ThresholdConfig, crowd: Crowd): ThresholdRule {
  const classes = crowd.labelsPerClass.length;
  const kinds = classes + 1;
  const counts = new Float32Array(kinds);
  counts[NEVER] = crowd.unlabelled;

  function remembered({ confidences, chosen, places }: Said, last: Vector, before: Vector) {
    const at = tf.cast(places!, 'int32') as Vector;
    const old = gatherValues(last, at);
    const isSure = tf.greaterEqual(confidences, value);
    const isPlaced = tf.less(at, crowd.unlabelled);
    const said = tf.add(tf.argMax(chosen, 1), 1);
    const now = tf.where(tf.logicalAnd(isSure, isPlaced), tf.cast(said, 'float32'), old) as Vector;
    return {
      'flexmatch-last': scatterValues(last, at, now),
      'flexmatch-counts': tf.add(before, tf.sub(counted(now, kinds), counted(old, kinds))),
    };
  }

  return {
    memory: { 'flexmatch-last': new Float32Array(crowd.unlabelled + 1), 'flexmatch-counts': counts },
    judge(said, memory) {
      const last = memory['flexmatch-last'] as Vector;
      const before = memory['flexmatch-counts'] as Vector;
      const [never, learnt] = tf.split(before, [1, classes]) as [Vector, Vector];
      const beta = tf.div(learnt, tf.maximum(tf.max(learnt), never));
      const thresholds = tf.mul(value, tf.div(beta, tf.sub(2, beta)));
      const own = tf.sum(tf.mul(said.chosen, thresholds) as Matrix, 1);
      return {
        weights: tf.cast(tf.greaterEqual(said.confidences, own), 'float32') as Vector,
        memory: remembered(said, last, before),
      };
    },
  };
}
