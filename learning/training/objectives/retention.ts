import type { RetentionSpec } from '../../../domain/objective-spec.js';
import { type TensorFlow, tf } from '../../../engine/tensorflow.js';
import type { Teachers } from '../../distillation/teachers.js';
import { rowsInStep } from '../batches/batch.js';
import type { Objective } from './objective.js';
import { responsesOf } from './responses.js';
import { EPSILON, labelLosses, responseLosses } from './row-losses.js';

type Matrix = TensorFlow.Tensor2D;

/** Targets over the new classes alone: what label smoothing or mixing has put on old ones goes to them. */
function amongNew(targets: Matrix, ofNew: Matrix): Matrix {
  const whole = tf.sum(targets, 1, true);
  const there = tf.sum(ofNew, 1, true);
  return tf.mul(ofNew, tf.div(whole, tf.maximum(there, EPSILON))) as Matrix;
}

/**
 * Learning without forgetting (Li and Hoiem 2016, equations 1 to 6):
 *
 *     CE(new labels, new outputs) + weight CE(old model's answers, softmax(old outputs / T))
 *
 * The old model's answers to the new images are its own probabilities to the power of 1/T, normalised, which is
 * softmax(logits / T); without the T² of distillation. Both are means over the rows.
 * @param teachers the old model, where it answers in the step; absent where recorded answers come with the batch
 */
export function retentionObjective(spec: RetentionSpec, teachers?: Teachers): Objective {
  const { oldClasses, temperature, weight, heads, oldOutputs } = spec;
  return {
    memory: {},
    variables: teachers?.variables ?? [],
    ...(oldOutputs === 'held' && { frozenOutputs: oldClasses }),
    scalars: () => ({}),
    loss(scored) {
      const { logits, groups } = scored;
      const targets = scored.inputs['targets'] as Matrix;
      const parts = [oldClasses, logits.shape[1] - oldClasses];
      const [oldScores, newScores] = tf.split(logits, parts, 1) as [Matrix, Matrix];
      const [, newTargets] = tf.split(targets, parts, 1) as [Matrix, Matrix];
      const learnt =
        heads === 'separate'
          ? labelLosses(newScores, amongNew(targets, newTargets))
          : labelLosses(logits, targets);
      const fromLabels = tf.div(tf.sum(learnt), Math.max(1, groups.labelled));
      // Nobody is asked where it counts for nothing: plain fine-tuning.
      if (weight === 0) return { loss: fromLabels as TensorFlow.Scalar };
      const { probabilities } = responsesOf(scored, spec, teachers);
      const kept = tf.sum(responseLosses(oldScores, probabilities, temperature));
      return { loss: tf.add(fromLabels, tf.mul(tf.div(kept, rowsInStep(groups)), weight)) };
    },
  };
}
