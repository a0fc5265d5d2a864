import type { TrainingSpec } from '../../../domain/config/training.js';
import { softmaxCrossEntropy } from '../../../engine/softmax-cross-entropy.js';
import { type TensorFlow, tf } from '../../../engine/tensorflow.js';
import { rowsInStep } from '../batches/batch.js';
import type { Objective } from './objective.js';
import { labelLosses } from './row-losses.js';

/**
 * Returns the cross-entropy of labelled and pseudo-labelled images together (Xie et al. 2020, algorithm 1).
 * @param weighted whether targets may sum to less than 1, which weights the row
 */
export function jointObjective({ lossNormalisation }: TrainingSpec, weighted = false): Objective {
  const lossesOf = weighted ? labelLosses : softmaxCrossEntropy;
  return {
    memory: {},
    scalars: () => ({}),
    loss({ logits, inputs, groups }) {
      const losses = lossesOf(logits, inputs['targets'] as TensorFlow.Tensor2D);
      const divisor = lossNormalisation === 'labelled' ? groups.labelled : rowsInStep(groups);
      return { loss: tf.div(tf.sum(losses), divisor) };
    },
  };
}
