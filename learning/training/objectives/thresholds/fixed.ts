import type { ThresholdConfig } from '../../../../domain/config/consistency.js';
import { tf } from '../../../../engine/tensorflow.js';
import type { Vector } from '../../tensors.js';
import type { ThresholdRule } from './threshold-rule.js';

/** Weight 1 where the confidence reaches the threshold, else 0 (Sohn et al. 2020, equation 4). */
export function fixedThreshold({ value }: ThresholdConfig): ThresholdRule {
  return {
    memory: {},
    weigh: ({ confidences }) => ({
      weights: tf.cast(tf.greaterEqual(confidences, value), 'float32') as Vector,
      memory: {},
    }),
  };
}
