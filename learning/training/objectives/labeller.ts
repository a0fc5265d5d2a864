import type { ConsistencyConfig } from '../../../domain/config/consistency.js';
import { tf } from '../../../engine/tensorflow.js';
import { oneHotArgmax } from './one-hot-argmax.js';
import { alignment } from './thresholds/alignment.js';
import type { ImageCounts, Matrix, RowWeights, Tensors, Vector } from './thresholds/threshold-rule.js';
import { thresholdRuleOf } from './thresholds/threshold-rule-of.js';

/** What unlabelled images are in a step, and how much each counts. */
export interface Labels extends RowWeights {
  /** [rows, classes] */
  readonly targets: Matrix;
}

/** p^(1/T), renormalised: as logits, lest small ones vanish. */
function sharpened(probabilities: Matrix, temperature: number): Matrix {
  if (temperature === 1) return probabilities;
  return tf.softmax(tf.div(tf.log(tf.maximum(probabilities, 1e-30)), temperature)) as Matrix;
}

/** Labels a step's unlabelled images by what the network says of them. Its functions are compiled, see Objective. */
export function labellerOf(consistency: ConsistencyConfig, crowd: ImageCounts) {
  const { threshold, temperature, labels } = consistency;
  const rule = thresholdRuleOf(threshold, crowd);
  const aligning = consistency.alignment ? alignment(threshold, crowd) : undefined;
  return {
    memory: { ...rule.memory, ...aligning?.memory },
    /**
     * @param scores [rows, classes] logits
     * @param places [rows], see Said
     */
    label(scores: Matrix, places: Vector | undefined, memory: Tensors): Labels {
      const own = tf.softmax(scores) as Matrix;
      const aligned = aligning?.align(own, memory);
      const probabilities = aligned?.probabilities ?? own;
      // SoftMatch aligns what weighs a label, not the label (Chen et al. 2023, section 3.2).
      const learnt = threshold.rule === 'softmatch' ? own : probabilities;
      const chosen = oneHotArgmax(learnt);
      const confidences = tf.max(probabilities, 1) as Vector;
      const judged = rule.weigh({ probabilities, confidences, chosen, ...(places && { places }) }, memory);
      return {
        ...judged,
        targets: labels === 'hard' ? chosen : sharpened(learnt, temperature),
        memory: { ...judged.memory, ...aligned?.memory },
      };
    },
  };
}
