import type { DistillationSpec } from '../../../domain/objective-spec.js';
import { type TensorFlow, tf } from '../../../engine/tensorflow.js';
import type { Teachers } from '../../distillation/teachers.js';
import { rowsOf } from '../batches/batch.js';
import type { Objective } from './objective.js';
import { responsesOf } from './responses.js';
import { entropies, labelLosses, responseLosses } from './row-losses.js';

type Matrix = TensorFlow.Tensor2D;

/**
 * Knowledge distillation (Hinton, Vinyals and Dean 2015, section 2, in timm's form):
 *
 *     alpha CE(labels) + (1 - alpha) T² KL(softmax(teacher / T) || softmax(student / T))
 *
 * The first is the mean over the rows that have a label, the second over all. T² keeps the second one's gradient as
 * large at any temperature. Hard targets: CE with the teacher's most probable class instead of the second.
 * @param teachers those that answer in the step; absent where recorded answers come with the batch
 */
export function distillationObjective(spec: DistillationSpec, teachers?: Teachers): Objective {
  const { alpha, temperature, targets } = spec;
  const mimicry = (scores: Matrix, responses: Matrix): TensorFlow.Tensor1D => {
    if (targets === 'hard') return responseLosses(scores, responses, 1);
    const divergences = tf.sub(responseLosses(scores, responses, temperature), entropies(responses));
    return tf.mul(divergences, temperature ** 2) as TensorFlow.Tensor1D;
  };
  return {
    memory: {},
    variables: teachers?.variables ?? [],
    scalars: () => ({}),
    loss(scored) {
      const { scores, inputs, groups } = scored;
      const responses = responsesOf(scored, spec, teachers);
      const fromTeacher = tf.div(tf.sum(mimicry(scores, responses)), rowsOf(groups)) as TensorFlow.Scalar;
      // Nobody's labels: the teacher alone is mimicked.
      if (groups.labelled === 0) return { loss: fromTeacher };
      const labelled = tf.sum(labelLosses(scores, inputs['targets'] as Matrix));
      const fromLabels = tf.div(labelled, groups.labelled);
      return { loss: tf.add(tf.mul(fromLabels, alpha), tf.mul(fromTeacher, 1 - alpha)) };
    },
  };
}
