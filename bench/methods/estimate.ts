import type { ModelSpec } from '../../domain/config/model.js';
import type { TrainingSpec } from '../../domain/config/training.js';
import type { Arguments } from './arguments.js';
import type { Recipe } from './recipe.js';

/** Seconds for tracing, evaluations and the test. */
const OVERHEAD = 4;

/** Estimated seconds per image of a step on two cores, at half of 28x28; fitted at widths 8, 16 and 32. */
function secondsOfRow(network: ModelSpec): number {
  const width = network.kind === 'residual' ? network.width : 32;
  return (0.06 + 0.00035 * width ** 2) / 1000;
}

/** Images per optimizer step, in all views. */
function rowsOfStep({ batchSize, unlabelledRatio, consistency }: TrainingSpec): number {
  if (!consistency) return batchSize * (1 + unlabelledRatio);
  const views = consistency.kind === 'fixmatch' ? 2 : 1;
  return batchSize * (1 + views * consistency.ratio);
}

/** Estimated seconds of a training on two cores. */
export function trainingEstimate({ network, training }: Pick<Recipe, 'network' | 'training'>): number {
  return OVERHEAD + training.steps * rowsOfStep(training) * secondsOfRow(network);
}

/** Measured speed-up of bfloat16, and of one process per core, on two cores with AVX-512 BF16. */
export function speedUp({ precision, processes }: Pick<Arguments, 'precision' | 'processes'>): number {
  return (precision === 'bfloat16' ? 1.25 : 1) * (processes > 1 ? 1.35 : 1);
}
