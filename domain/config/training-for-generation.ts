import type { SelfTrainingConfig } from '../methods/self-training.js';
import { policyOfGeneration } from './augmentation.js';
import type { ConsistencyConfig } from './consistency.js';
import { asTrainingSpec, type TrainingSpec } from './training.js';

type FixMatch = Extract<ConsistencyConfig, { kind: 'fixmatch' }>;

/** Returns the training settings of a generation: the teacher's, or the student's with its generation's noise. */
export function trainingForGeneration(
  { teacher, student }: Pick<SelfTrainingConfig, 'teacher' | 'student'>,
  generation: number,
): TrainingSpec {
  if (generation === 0) {
    const { from: _, ...training } = teacher;
    return asTrainingSpec(training);
  }
  const { augmentation, consistency } = student;
  return {
    ...student,
    augmentation: { ...augmentation, policy: policyOfGeneration(augmentation.policy, generation) },
    ...(consistency?.kind === 'fixmatch' && { consistency: grownViews(consistency, generation) }),
  };
}

function grownViews(consistency: FixMatch, generation: number): FixMatch {
  const { strong } = consistency;
  return { ...consistency, strong: { ...strong, policy: policyOfGeneration(strong.policy, generation) } };
}
