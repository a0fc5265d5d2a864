import type { ResponseViews } from '../../../domain/objective-spec.js';
import type { TensorFlow } from '../../../engine/tensorflow.js';
import type { TeacherPredictions, Teachers } from '../../distillation/teachers.js';
import type { LossInputs } from './objective.js';
import { oneHotArgmax } from './one-hot-argmax.js';

interface ResponseSettings {
  readonly views: ResponseViews;
  readonly temperature: number;
  readonly targets?: 'soft' | 'hard';
}

/**
 * What the teachers say of a step's rows: recorded answers travel with the batch, in the form in which they were asked
 * for; those to the same views are given in the step.
 */
export function responsesOf(
  { inputs }: Pick<LossInputs, 'inputs'>,
  { views, temperature, targets = 'soft' }: ResponseSettings,
  teachers: Teachers | undefined,
): TeacherPredictions {
  if (views === 'recorded') {
    const recorded = inputs['responses'];
    if (!recorded) throw new Error('responses: received none in the batch, expected the recorded ones');
    return { probabilities: recorded as TensorFlow.Tensor2D };
  }
  if (!teachers) throw new Error('teachers: received none, expected those that answer to the same views');
  const answers = teachers.predict(inputs['pixels']!, temperature);
  return targets === 'hard' ? { ...answers, probabilities: oneHotArgmax(answers.probabilities) } : answers;
}
