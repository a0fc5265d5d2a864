import type { ThresholdConfig } from '../../../../domain/config/consistency.js';
import { tf } from '../../../../engine/tensorflow.js';
import type { ThresholdRule, Vector } from './threshold-rule.js';

/** 1 where confidence reaches the threshold (Sohn et al. 2020, equation 4). */
export function fixedThreshold({ value }: ThresholdConfig): ThresholdRule {
  return {
    memory: {},
    weigh: ({ confidences }) => ({
      weights: tf.cast(tf.greaterEqual(confidences, value), 'float32') as Vector,
      memory: {},
    }),
  };
}
