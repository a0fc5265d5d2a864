import type { RetentionSpec } from '../../../domain/objective-spec.js';
import { type TensorFlow, tf } from '../../../engine/tensorflow.js';
import type { Teachers } from '../../distillation/teachers.js';
import { rowsInStep } from '../batches/batch.js';
import type { Matrix } from '../tensors.js';
import type { Objective } from './objective.js';
import { responsesOf } from './responses.js';
import { EPSILON, labelLosses, responseLosses } from './row-losses.js';

/** Scales the targets of the new classes so that they include what label smoothing or mixing put on old classes. */
function renormalised(targets: Matrix, newTargets: Matrix): Matrix {
  const whole = tf.sum(targets, 1, true);
  const ofNew = tf.sum(newTargets, 1, true);
  return tf.mul(newTargets, tf.div(whole, tf.maximum(ofNew, EPSILON))) as Matrix;
}

/**
 * Learning without forgetting (Li and Hoiem 2016, equations 1 to 6):
 *
 *     CE(new labels, new outputs) + weight CE(old model's predictions, softmax(old outputs / T))
 *
 * The old model's predictions for the new images are its probabilities to the power of 1/T, normalised, which equals
 * softmax(logits / T). There is no factor T² as in distillation. Both terms are means over the rows.
 * @param teachers the old model, for `views: same`; absent when the batch has recorded responses
 */
export function retentionObjective(spec: RetentionSpec, teachers?: Teachers): Objective {
  const { oldClasses, temperature, weight, heads, oldOutputs } = spec;
  return {
    memory: {},
    variables: teachers?.variables ?? [],
    ...(oldOutputs === 'held' && { frozenOutputs: oldClasses }),
    scalars: () => ({}),
    loss(lossInputs) {
      const { logits, groups } = lossInputs;
      const targets = lossInputs.inputs['targets'] as Matrix;
      const parts = [oldClasses, logits.shape[1] - oldClasses];
      const [oldLogits, newLogits] = tf.split(logits, parts, 1) as [Matrix, Matrix];
      const [, newTargets] = tf.split(targets, parts, 1) as [Matrix, Matrix];
      const labelled =
        heads === 'separate'
          ? labelLosses(newLogits, renormalised(targets, newTargets))
          : labelLosses(logits, targets);
      const labelLoss = tf.div(tf.sum(labelled), Math.max(1, groups.labelled));
      // Plain fine-tuning: the old model's predictions are not needed.
      if (weight === 0) return { loss: labelLoss as TensorFlow.Scalar };
      const { probabilities } = responsesOf(lossInputs, spec, teachers);
      const oldLoss = tf.sum(responseLosses(oldLogits, probabilities, temperature));
      return { loss: tf.add(labelLoss, tf.mul(tf.div(oldLoss, rowsInStep(groups)), weight)) };
    },
  };
}
