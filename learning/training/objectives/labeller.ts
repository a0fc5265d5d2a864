import type { ConsistencyConfig } from '../../../domain/config/consistency.js';
import { tf } from '../../../engine/tensorflow.js';
import type { Matrix, Tensors, Vector } from '../tensors.js';
import { oneHotArgmax } from './one-hot-argmax.js';
import { alignment } from './thresholds/alignment.js';
import type { ImageCounts, RowWeights } from './thresholds/threshold-rule.js';
import { thresholdRuleOf } from './thresholds/threshold-rule-of.js';

/** The labels of a step's unlabelled images, and the weight of each. */
export interface Labels extends RowWeights {
  /** [rows, classes] */
  readonly targets: Matrix;
}

/** Returns p^(1/T), renormalised. Computed on logarithms, so that small probabilities do not underflow. */
function sharpened(probabilities: Matrix, temperature: number): Matrix {
  if (temperature === 1) return probabilities;
  return tf.softmax(tf.div(tf.log(tf.maximum(probabilities, 1e-30)), temperature)) as Matrix;
}

/** Labels a step's unlabelled images by the network's predictions. Its functions are compiled, see Objective. */
export function labellerOf(consistency: ConsistencyConfig, imageCounts: ImageCounts) {
  const { threshold, temperature, labels } = consistency;
  const rule = thresholdRuleOf(threshold, imageCounts);
  const aligning = consistency.alignment ? alignment(threshold, imageCounts) : undefined;
  return {
    memory: { ...rule.memory, ...aligning?.memory },
    /**
     * @param logits [rows, classes]
     * @param places [rows], see UnlabelledPredictions
     */
    label(logits: Matrix, places: Vector | undefined, memory: Tensors): Labels {
      const own = tf.softmax(logits) as Matrix;
      const aligned = aligning?.align(own, memory);
      const probabilities = aligned?.probabilities ?? own;
      // SoftMatch aligns the confidence that weights a label, not the label (Chen et al. 2023, section 3.2).
      const labelProbabilities = threshold.rule === 'softmatch' ? own : probabilities;
      const chosen = oneHotArgmax(labelProbabilities);
      const confidences = tf.max(probabilities, 1) as Vector;
      const weighed = rule.weigh({ probabilities, confidences, chosen, ...(places && { places }) }, memory);
      return {
        ...weighed,
        targets: labels === 'hard' ? chosen : sharpened(labelProbabilities, temperature),
        memory: { ...weighed.memory, ...aligned?.memory },
      };
    },
  };
}
