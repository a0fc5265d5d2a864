import type { DistillationSpec } from '../../../domain/objective-spec.js';
import { type TensorFlow, tf } from '../../../engine/tensorflow.js';
import type { Teachers } from '../../distillation/teachers.js';
import { rowsInStep } from '../batches/batch.js';
import { featureDistance } from './feature-distance.js';
import type { LossInputs, Objective } from './objective.js';
import { responsesOf } from './responses.js';
import { entropies, labelLosses, responseLosses } from './row-losses.js';

type Matrix = TensorFlow.Tensor2D;

/** How far each row is from the teachers' answer. */
function mimicry(scores: Matrix, answers: Matrix, { targets, temperature }: DistillationSpec) {
  if (targets === 'hard') return responseLosses(scores, answers, 1);
  const divergences = tf.sub(responseLosses(scores, answers, temperature), entropies(answers));
  return tf.mul(divergences, temperature ** 2) as TensorFlow.Tensor1D;
}

/**
 * Knowledge distillation (Hinton, Vinyals and Dean 2015, section 2, in timm's form):
 *
 *     alpha CE(labels) + (1 - alpha) T² KL(softmax(teacher / T) || softmax(student / T))
 *
 * The first is the mean over the rows that have a label, the second over all. T² keeps the second one's gradient as
 * large at any temperature. Hard targets: CE with the teacher's most probable class instead of the second. Features, if
 * asked for, add how differently both see the images, see {@link featureDistance}.
 * @param teachers those that answer in the step; absent where recorded answers come with the batch
 */
export function distillationObjective(spec: DistillationSpec, teachers?: Teachers): Objective {
  return {
    memory: {},
    variables: teachers?.variables ?? [],
    needsFeatures: spec.features !== undefined,
    scalars: () => ({}),
    loss(scored) {
      const { logits, features, groups } = scored;
      const answers = responsesOf(scored, spec, teachers);
      const ofAnswers = tf.sum(mimicry(logits, answers.probabilities, spec));
      const fromTeacher = tf.div(ofAnswers, rowsInStep(groups)) as TensorFlow.Scalar;
      const loss = groups.labelled === 0 ? fromTeacher : withLabels(scored, fromTeacher, spec);
      if (!spec.features) return { loss };
      const distance = featureDistance(features!, answers.features!);
      // A part of a step counts by its rows.
      const share = logits.shape[0] / rowsInStep(groups);
      return { loss: tf.add(loss, tf.mul(distance, spec.features.weight * share)) };
    },
  };
}

function withLabels(
  { logits, inputs, groups }: LossInputs,
  fromTeacher: TensorFlow.Scalar,
  { alpha }: DistillationSpec,
): TensorFlow.Scalar {
  const fromLabels = tf.div(tf.sum(labelLosses(logits, inputs['targets'] as Matrix)), groups.labelled);
  return tf.add(tf.mul(fromLabels, alpha), tf.mul(fromTeacher, 1 - alpha));
}
