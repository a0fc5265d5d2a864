import type { ResponseViews } from '../../../domain/objective-spec.js';
import type { TeacherPredictions, Teachers } from '../../distillation/teachers.js';
import type { Matrix } from '../tensors.js';
import type { LossInputs } from './objective.js';
import { oneHotArgmax } from './one-hot-argmax.js';

interface ResponseSettings {
  readonly views: ResponseViews;
  readonly temperature: number;
  readonly targets?: 'soft' | 'hard';
}

/**
 * Returns the teachers' predictions for a step's rows. Recorded ones come with the batch, with their temperature and
 * hard targets already applied; with `views: same` the teachers predict in the step.
 */
export function responsesOf(
  { inputs }: Pick<LossInputs, 'inputs'>,
  { views, temperature, targets = 'soft' }: ResponseSettings,
  teachers: Teachers | undefined,
): TeacherPredictions {
  if (views === 'recorded') {
    const recorded = inputs['responses'];
    if (!recorded) throw new Error('responses: received none in the batch, expected the recorded ones');
    return { probabilities: recorded as Matrix };
  }
  if (!teachers) throw new Error('teachers: received none, expected the teachers of views: same');
  const predictions = teachers.predict(inputs['pixels']!, temperature);
  return targets === 'hard'
    ? { ...predictions, probabilities: oneHotArgmax(predictions.probabilities) }
    : predictions;
}
