import type { ConsistencyConfig } from '../../../domain/config/consistency.js';
import type { TrainingSpec } from '../../../domain/config/training.js';
import { softmaxCrossEntropy } from '../../../engine/softmax-cross-entropy.js';
import { type TensorFlow, tf } from '../../../engine/tensorflow.js';
import { withoutGradient } from '../../../engine/without-gradient.js';
import type { RowGroups } from '../batches/batch.js';
import type { Matrix, Tensors, Vector } from '../tensors.js';
import { labellerOf } from './labeller.js';
import type { Objective } from './objective.js';
import { rampedWeight } from './ramp.js';
import type { ImageCounts } from './thresholds/threshold-rule.js';

/** Returns the first rows of all inputs that have a value per row. */
function firstRows(inputs: Tensors, rows: number, all: number): Tensors {
  const cut = (tensor: TensorFlow.Tensor) =>
    tensor.rank > 0 && tensor.shape[0] === all ? tf.slice(tensor, 0, rows) : tensor;
  return Object.fromEntries(Object.entries(inputs).map(([name, tensor]) => [name, cut(tensor)]));
}

/** Splits logits into those of the rows with targets, of the weak views, and of the views that learn from them. */
function logitsByView(logits: Matrix, { labelled, unlabelled, weak = 0, strong = 0 }: RowGroups) {
  const parts = [labelled + unlabelled, weak, ...(strong > 0 ? [strong] : [])];
  const [targetedLogits, weakLogits, strongLogits] = tf.split(logits, parts) as [Matrix, Matrix, Matrix?];
  return { targetedLogits, weakLogits, learningLogits: strongLogits ?? weakLogits };
}

/**
 * Learns from unlabelled images by labels that the network predicts in the same step:
 *
 *     loss of the labelled rows + weight * mean over all unlabelled images of (w_i CE(label_i, prediction_i))
 *
 * FixMatch (Sohn et al. 2020, equations 3 and 4): the label is the prediction for the weak view, and the prediction for
 * the strong view learns it. Lee 2013, equation 15: both are of the same view. No gradient flows through the labels and
 * their weights w_i, which a threshold rule computes, see thresholds/.
 * @param supervised the loss of the rows with targets
 */
export function consistencyObjective(
  consistency: ConsistencyConfig,
  { steps }: Pick<TrainingSpec, 'steps'>,
  imageCounts: ImageCounts,
  supervised: Objective,
): Objective {
  const labeller = labellerOf(consistency, imageCounts);
  return {
    memory: { ...supervised.memory, ...labeller.memory },
    ...(supervised.variables && { variables: supervised.variables }),
    needsFeatures: supervised.needsFeatures ?? false,
    scalars: (step) => ({
      ...supervised.scalars(step),
      consistencyWeight: rampedWeight(consistency, step, steps),
    }),
    loss({ logits, features, inputs, memory, groups }) {
      const { labelled, unlabelled, weak = 0 } = groups;
      const targeted = labelled + unlabelled;
      const { targetedLogits, weakLogits, learningLogits } = logitsByView(logits, groups);
      const supervisedResult = supervised.loss({
        logits: targetedLogits,
        ...(features && { features: tf.slice(features, 0, targeted) as Matrix }),
        inputs: firstRows(inputs, targeted, logits.shape[0]),
        memory,
        groups: { labelled, unlabelled },
      });
      const labels = withoutGradient(() => {
        const places = inputs['places'] && tf.reshape(tf.slice(inputs['places'], targeted, weak), [weak]);
        return labeller.label(weakLogits, places as Vector | undefined, memory);
      });
      const losses = tf.mul(softmaxCrossEntropy(learningLogits, labels.targets), labels.weights);
      const unlabelledLoss = tf.div(tf.sum(losses), weak);
      return {
        loss: tf.addN([
          supervisedResult.loss,
          tf.mul(unlabelledLoss, inputs['consistencyWeight']!),
          ...(labels.loss ? [labels.loss(learningLogits)] : []),
        ]),
        memory: { ...supervisedResult.memory, ...labels.memory },
        measures: { ...supervisedResult.measures, used: withoutGradient(() => tf.mean(labels.weights)) },
      };
    },
  };
}
