import type { ThresholdConfig } from '../../../../domain/config/consistency.js';
import { tf } from '../../../../engine/tensorflow.js';
import { SIGMAS } from '../../../pseudo-labels/rules.js';
import type { Vector } from '../../tensors.js';
import { updatedAverage } from './running-average.js';
import type { ImageCounts, ThresholdRule } from './threshold-rule.js';

const LEAST_VARIANCE = 1e-12;

/**
 * Weights instead of a threshold (SoftMatch, Chen et al. 2023, equations 7 to 9, with the width of its code):
 *
 *     weight = exp(-min(confidence - mu, 0)² / (2 sigma² / 4))
 *
 * mu and sigma² are running averages of the confidence's mean, from 1 / classes, and of its unbiased variance, from 1.
 * They include the present step.
 */
export function softMatchWeights(
  { momentum }: ThresholdConfig,
  { labelsPerClass }: ImageCounts,
): ThresholdRule {
  return {
    memory: {
      'softmatch-mean': Float32Array.of(1 / labelsPerClass.length),
      'softmatch-variance': Float32Array.of(1),
    },
    weigh({ confidences }, memory) {
      const rows = confidences.shape[0];
      const mean = tf.mean(confidences);
      const squares = tf.sum(tf.square(tf.sub(confidences, mean)));
      const mu = updatedAverage(memory['softmatch-mean']!, mean, momentum);
      const spread = tf.div(squares, Math.max(1, rows - 1));
      const variance = updatedAverage(memory['softmatch-variance']!, spread, momentum);
      const below = tf.minimum(tf.sub(confidences, mu), 0);
      const width = tf.maximum(tf.mul(variance, 2 / SIGMAS ** 2), LEAST_VARIANCE);
      return {
        weights: tf.exp(tf.neg(tf.div(tf.square(below), width))) as Vector,
        memory: { 'softmatch-mean': mu, 'softmatch-variance': variance },
      };
    },
  };
}
