import type { ConsistencyConfig } from '../../../domain/config/consistency.js';
import type { TrainingSpec } from '../../../domain/config/training.js';
import { softmaxCrossEntropy } from '../../../engine/softmax-cross-entropy.js';
import { type TensorFlow, tf } from '../../../engine/tensorflow.js';
import { withoutGradient } from '../../../engine/without-gradient.js';
import type { RowGroups } from '../batches/batch.js';
import { labellerOf } from './labeller.js';
import type { Objective } from './objective.js';
import { rampedWeight } from './ramp.js';
import type { ImageCounts, Matrix, Tensors, Vector } from './thresholds/threshold-rule.js';

/** The first rows of everything that a step says by row. */
function firstRows(inputs: Tensors, rows: number, all: number): Tensors {
  const cut = (tensor: TensorFlow.Tensor) =>
    tensor.rank > 0 && tensor.shape[0] === all ? tf.slice(tensor, 0, rows) : tensor;
  return Object.fromEntries(Object.entries(inputs).map(([name, tensor]) => [name, cut(tensor)]));
}

/** Scores of the rows with targets, of the weak views, and of the strong ones, which Lee's method hasn't. */
function logitsByView(scores: Matrix, { labelled, unlabelled, weak = 0, strong = 0 }: RowGroups) {
  const parts = [labelled + unlabelled, weak, ...(strong > 0 ? [strong] : [])];
  const [own, weakScores, strongScores] = tf.split(scores, parts) as [Matrix, Matrix, Matrix?];
  return { own, weakScores, answers: strongScores ?? weakScores };
}

/**
 * Learning from unlabelled images by labels that the network gives them in the same step:
 *
 *     loss of the labelled rows + weight * mean over all unlabelled images of (w_i CE(label_i, answer_i))
 *
 * FixMatch (Sohn et al. 2020, equations 3 and 4): the label is what the network says of the weak view, the answer what it
 * says of the strong one. Lee 2013, equation 15: both are of the same view. No gradient flows through labels and the
 * weights w_i, which a threshold rule gives, see thresholds/.
 * @param supervised what is made smaller on the rows with targets
 */
export function consistencyObjective(
  consistency: ConsistencyConfig,
  { steps }: Pick<TrainingSpec, 'steps'>,
  crowd: ImageCounts,
  supervised: Objective,
): Objective {
  const labeller = labellerOf(consistency, crowd);
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
      const { own, weakScores, answers } = logitsByView(logits, groups);
      const learnt = supervised.loss({
        logits: own,
        ...(features && { features: tf.slice(features, 0, targeted) as Matrix }),
        inputs: firstRows(inputs, targeted, logits.shape[0]),
        memory,
        groups: { labelled, unlabelled },
      });
      const labels = withoutGradient(() => {
        const places = inputs['places'] && tf.reshape(tf.slice(inputs['places'], targeted, weak), [weak]);
        return labeller.label(weakScores, places as Vector | undefined, memory);
      });
      const losses = tf.mul(softmaxCrossEntropy(answers, labels.targets), labels.weights);
      const consistent = tf.div(tf.sum(losses), weak);
      return {
        loss: tf.addN([
          learnt.loss,
          tf.mul(consistent, inputs['consistencyWeight']!),
          ...(labels.loss ? [labels.loss(answers)] : []),
        ]),
        memory: { ...learnt.memory, ...labels.memory },
        measures: { ...learnt.measures, used: withoutGradient(() => tf.mean(labels.weights)) },
      };
    },
  };
}
