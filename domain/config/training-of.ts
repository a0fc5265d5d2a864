import type { RunConfig } from '../config.js';
import { grown } from './augmentation.js';
import { asTrainingSpec, type TrainingSpec } from './training.js';

/** How a generation is trained: the teacher's settings, or the student's with its generation's noise. */
export function trainingOf(
  { teacher, student }: Pick<RunConfig, 'teacher' | 'student'>,
  generation: number,
): TrainingSpec {
  if (generation === 0) return asTrainingSpec(teacher);
  const { augmentation } = student;
  return { ...student, augmentation: { ...augmentation, policy: grown(augmentation.policy, generation) } };
}
