import type { ThresholdConfig } from '../../../../domain/config/consistency.js';
import { tf } from '../../../../engine/tensorflow.js';
import { evenly, movedAverage } from './averages.js';
import type { Crowd, Matrix, ThresholdRule, Vector } from './threshold-rule.js';

/**
 * Thresholds that follow the network's confidence (FreeMatch, Wang et al. 2023, equations 5 to 8):
 *
 *     tau   = average of the mean confidence, from 1 / classes
 *     p_c   = average of the mean probability of c, from 1 / classes
 *     tau_c = tau p_c / max p
 *
 * The averages take the step in before it is judged. Without the paper's other part, the fairness loss.
 */
export function freeMatchThreshold({ momentum }: ThresholdConfig, { labelsPerClass }: Crowd): ThresholdRule {
  const classes = labelsPerClass.length;
  return {
    memory: { 'freematch-confidence': Float32Array.of(1 / classes), 'freematch-classes': evenly(classes) },
    judge({ probabilities, confidences, chosen }, memory) {
      const confidence = movedAverage(memory['freematch-confidence']!, tf.mean(confidences), momentum);
      const shares = movedAverage(memory['freematch-classes']!, tf.mean(probabilities, 0), momentum);
      const thresholds = tf.mul(confidence, tf.div(shares, tf.max(shares)));
      const own = tf.sum(tf.mul(chosen, thresholds) as Matrix, 1);
      return {
        weights: tf.cast(tf.greaterEqual(confidences, own), 'float32') as Vector,
        memory: { 'freematch-confidence': confidence, 'freematch-classes': shares },
      };
    },
  };
}
