import type { ModelSpec } from '../../domain/config/model.js';
import type { TrainingSpec } from '../../domain/config/training.js';
import type { Arguments } from './arguments.js';
import type { Recipe } from './recipe.js';

/** Tracing, evaluations and the measurement on test, in seconds. */
const AROUND = 4;

/** About how long one row of a step takes on two cores, in seconds, at half of 28x28; measured at widths 8, 16 and 32. */
function secondsOfRow(network: ModelSpec): number {
  const width = network.kind === 'residual' ? network.width : 32;
  return (0.06 + 0.00035 * width ** 2) / 1000;
}

/** Images that go through the network in a step. */
export function rowsOfStep({ batchSize, unlabelledRatio, consistency }: TrainingSpec): number {
  if (!consistency) return batchSize * (1 + unlabelledRatio);
  const views = consistency.kind === 'fixmatch' ? 2 : 1;
  return batchSize * (1 + views * consistency.ratio);
}

/** About how long a training takes on two cores, in seconds. */
export function trainingEstimate({ network, training }: Pick<Recipe, 'network' | 'training'>): number {
  return AROUND + training.steps * rowsOfStep(training) * secondsOfRow(network);
}

/** How much less all of it takes in fewer bits, and where each core has a cell of its own: measured on two cores with AVX-512 BF16. */
export function speedUp({ precision, processes }: Pick<Arguments, 'precision' | 'processes'>): number {
  return (precision === 'bfloat16' ? 1.25 : 1) * (processes > 1 ? 1.35 : 1);
}
