import type { RunConfig } from '../config.js';
import { grown } from './augmentation.js';
import type { ConsistencyConfig } from './consistency.js';
import { asTrainingSpec, type TrainingSpec } from './training.js';

type FixMatch = Extract<ConsistencyConfig, { kind: 'fixmatch' }>;

/** Returns a generation's training: the teacher's settings, or the student's with the generation's noise. */
export function trainingForGeneration(
  { teacher, student }: Pick<RunConfig, 'teacher' | 'student'>,
  generation: number,
): TrainingSpec {
  if (generation === 0) {
    const { from: _, ...training } = teacher;
    return asTrainingSpec(training);
  }
  const { augmentation, consistency } = student;
  return {
    ...student,
    augmentation: { ...augmentation, policy: grown(augmentation.policy, generation) },
    ...(consistency?.kind === 'fixmatch' && { consistency: grownViews(consistency, generation) }),
  };
}

function grownViews(consistency: FixMatch, generation: number): FixMatch {
  const { strong } = consistency;
  return { ...consistency, strong: { ...strong, policy: grown(strong.policy, generation) } };
}
