import type { TrainingSpec } from '../../domain/config/training.js';

/** Number of decays of the exponential schedule: one every 2.4 epochs in the paper's longest trainings. */
const EXPONENTIAL_DECAYS = 60;

/**
 * Returns the learning rate of a step, 0-based: linear warm-up from near 0, then cosine to 0 (Loshchilov and Hutter
 * 2017, without restarts), staircase exponential decay, or constant.
 */
export function learningRate(
  step: number,
  spec: Pick<TrainingSpec, 'steps' | 'optimizer' | 'schedule'>,
): number {
  const { schedule, steps } = spec;
  const highest = spec.optimizer.learningRate;
  const warmupSteps = Math.round(schedule.warmup * steps);
  if (step < warmupSteps) return (highest * (step + 1)) / (warmupSteps + 1);
  const progress = (step - warmupSteps) / Math.max(1, steps - warmupSteps);
  switch (schedule.kind) {
    case 'cosine':
      return (highest * (1 + Math.cos(Math.PI * progress))) / 2;
    case 'exponential':
      return highest * schedule.decay ** Math.floor(progress * EXPONENTIAL_DECAYS);
    case 'constant':
      return highest;
  }
}
