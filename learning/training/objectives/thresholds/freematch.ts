import type { ThresholdConfig } from '../../../../domain/config/consistency.js';
import { tf } from '../../../../engine/tensorflow.js';
import type { Matrix, Vector } from '../../tensors.js';
import { fairnessLoss } from './fairness.js';
import { uniformProbabilities, updatedAverage } from './running-average.js';
import type { ImageCounts, ThresholdRule } from './threshold-rule.js';

/**
 * Thresholds that follow the network's running confidence (FreeMatch, Wang et al. 2023, equations 5 to 8):
 *
 *     tau   = average of the mean confidence, from 1 / classes
 *     p_c   = average of the mean probability of c, from 1 / classes
 *     tau_c = tau p_c / max p
 *
 * The averages include the present step. The paper's fairness loss is added with the configured weight.
 */
export function freeMatchThreshold(config: ThresholdConfig, { labelsPerClass }: ImageCounts): ThresholdRule {
  const { momentum, fairness } = config;
  const classes = labelsPerClass.length;
  return {
    memory: {
      'freematch-confidence': Float32Array.of(1 / classes),
      'freematch-classes': uniformProbabilities(classes),
      'freematch-histogram': uniformProbabilities(classes),
    },
    weigh({ probabilities, confidences, chosen }, memory) {
      const confidence = updatedAverage(memory['freematch-confidence']!, tf.mean(confidences), momentum);
      const shares = updatedAverage(memory['freematch-classes']!, tf.mean(probabilities, 0), momentum);
      const histogram = updatedAverage(memory['freematch-histogram']!, tf.mean(chosen, 0), momentum);
      const thresholds = tf.mul(confidence, tf.div(shares, tf.max(shares)));
      const own = tf.sum(tf.mul(chosen, thresholds) as Matrix, 1);
      const weights = tf.cast(tf.greaterEqual(confidences, own), 'float32') as Vector;
      return {
        weights,
        memory: {
          'freematch-confidence': confidence,
          'freematch-classes': shares,
          'freematch-histogram': histogram,
        },
        ...(fairness > 0 && {
          loss: (logits) => tf.mul(fairnessLoss(logits, weights, { shares, histogram }), fairness),
        }),
      };
    },
  };
}
