import type { DistillationSpec } from '../../../domain/objective-spec.js';
import { type TensorFlow, tf } from '../../../engine/tensorflow.js';
import type { Teachers } from '../../distillation/teachers.js';
import { rowsInStep } from '../batches/batch.js';
import type { Matrix, Vector } from '../tensors.js';
import { featureDistance } from './feature-distance.js';
import type { LossInputs, Objective } from './objective.js';
import { responsesOf } from './responses.js';
import { entropies, labelLosses, responseLosses } from './row-losses.js';

/** Returns the loss of each row against the teachers' probabilities. */
function teacherLosses(logits: Matrix, probabilities: Matrix, { targets, temperature }: DistillationSpec) {
  if (targets === 'hard') return responseLosses(logits, probabilities, 1);
  const divergences = tf.sub(responseLosses(logits, probabilities, temperature), entropies(probabilities));
  return tf.mul(divergences, temperature ** 2) as Vector;
}

/**
 * Knowledge distillation (Hinton, Vinyals and Dean 2015, section 2, in timm's form):
 *
 *     alpha CE(labels) + (1 - alpha) T² KL(softmax(teacher / T) || softmax(student / T))
 *
 * The first term is the mean over the rows with a label, the second the mean over all rows. T² makes the scale of the
 * second term's gradient independent of T. With hard targets, CE with the teacher's most probable class replaces the
 * second term. `features` adds a loss on features, see {@link featureDistance}.
 * @param teachers the teachers, for `views: same`; absent when the batch has recorded responses
 */
export function distillationObjective(spec: DistillationSpec, teachers?: Teachers): Objective {
  return {
    memory: {},
    variables: teachers?.variables ?? [],
    needsFeatures: spec.features !== undefined,
    scalars: () => ({}),
    loss(lossInputs) {
      const { logits, features, groups } = lossInputs;
      const responses = responsesOf(lossInputs, spec, teachers);
      const sum = tf.sum(teacherLosses(logits, responses.probabilities, spec));
      const teacherLoss = tf.div(sum, rowsInStep(groups)) as TensorFlow.Scalar;
      const loss = groups.labelled === 0 ? teacherLoss : withLabels(lossInputs, teacherLoss, spec);
      if (!spec.features) return { loss };
      const distance = featureDistance(features!, responses.features!);
      // A replica's part of a step counts by its rows.
      const share = logits.shape[0] / rowsInStep(groups);
      return { loss: tf.add(loss, tf.mul(distance, spec.features.weight * share)) };
    },
  };
}

function withLabels(
  { logits, inputs, groups }: LossInputs,
  teacherLoss: TensorFlow.Scalar,
  { alpha }: DistillationSpec,
): TensorFlow.Scalar {
  const labelLoss = tf.div(tf.sum(labelLosses(logits, inputs['targets'] as Matrix)), groups.labelled);
  return tf.add(tf.mul(labelLoss, alpha), tf.mul(teacherLoss, 1 - alpha));
}
