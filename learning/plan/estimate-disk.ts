import type { SelfTrainingConfig } from '../../domain/methods/self-training.js';
import type { DataSurvey } from '../datasets/survey.js';

/** Estimated bytes in the store. */
export interface DiskEstimate {
  /** Decoded pictures; runs on the same pictures share them. */
  readonly data: number;
  readonly models: number;
  readonly pseudoLabels: number;
  /** The maximum, during a training. */
  readonly checkpoints: number;
  readonly total: number;
}

const FLOAT = 4;
/** Two are kept while a third is written. */
const CHECKPOINTS = 3;
/** Weights, moving averages, best weights, and the mask of weight decay. */
const VECTORS = 4;
const SLOTS = { momentum: 1, adam: 2, rmsprop: 2 } as const;

export function estimateDisk(
  { teacher, student, generations: students }: SelfTrainingConfig,
  { counts, classes, packedBytes }: DataSurvey,
  generations: ReadonlyArray<{ readonly generation: number; readonly parameters: number }>,
): DiskEstimate {
  const models = sum(
    generations.map(({ parameters }) => FLOAT * (parameters + counts.validation * classes.length)),
  );
  // Stored as shards and as selected labels.
  const pseudoLabels = 2 * FLOAT * students * counts.unlabelled * classes.length;
  const checkpoints = Math.max(
    ...generations.map(({ generation, parameters }) => {
      const { kind } = (generation === 0 ? teacher : student).optimizer;
      return CHECKPOINTS * FLOAT * parameters * (VECTORS + SLOTS[kind]);
    }),
  );
  const total = packedBytes + models + pseudoLabels + checkpoints;
  return { data: packedBytes, models, pseudoLabels, checkpoints, total };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
