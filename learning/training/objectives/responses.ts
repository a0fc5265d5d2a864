import type { ResponseViews } from '../../../domain/objective-spec.js';
import { type TensorFlow, tf } from '../../../engine/tensorflow.js';
import type { Teachers } from '../../distillation/teachers.js';
import type { Scored } from './objective.js';

interface Asked {
  readonly views: ResponseViews;
  readonly temperature: number;
  readonly targets?: 'soft' | 'hard';
}

/** The most probable class of each row as 1, all others as 0. */
function hardened(answers: TensorFlow.Tensor2D): TensorFlow.Tensor2D {
  return tf.cast(tf.oneHot(tf.argMax(answers, 1), answers.shape[1]), 'float32') as TensorFlow.Tensor2D;
}

/**
 * Answers of the teachers to a step's rows, [rows, width] probabilities: recorded ones travel with the batch, as
 * they were asked for; those of the same views are given in the step.
 */
export function responsesOf(
  { inputs }: Pick<Scored, 'inputs'>,
  { views, temperature, targets = 'soft' }: Asked,
  teachers: Teachers | undefined,
): TensorFlow.Tensor2D {
  if (views === 'recorded') {
    const recorded = inputs['responses'];
    if (!recorded) throw new Error('responses: received none in the batch, expected the recorded ones');
    return recorded as TensorFlow.Tensor2D;
  }
  if (!teachers) throw new Error('teachers: received none, expected those that answer to the same views');
  const answers = teachers.answers(inputs['pixels']!, temperature);
  return targets === 'hard' ? hardened(answers) : answers;
}
