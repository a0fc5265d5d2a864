import { keyedRandom } from '../../domain/random.js';
import type { ImageShape } from '../../domain/records.js';
import type { Input } from '../../engine/compile/typed-input.js';
import { type Batch, rowsInStep } from './batches/batch.js';
import { mapped } from './mapped.js';

/** What of a training changes from step to step beside its batch. */
export interface ChangingInStep {
  readonly image: ImageShape;
  readonly key: { readonly seed: number; readonly generation: number };
  /** Layers that draw noise of their own. */
  readonly noisyLayers: readonly string[];
  /** One for each group of layers. */
  readonly stepSizes: Float32Array;
  /** By name. */
  readonly scalars: Readonly<Record<string, number>>;
}

const scalar = (value: number): Input => ({ values: Float32Array.of(value), shape: [] });

/** The inputs of a compiled step: images, targets, learning rates, and the seeds of the noise. */
export function stepInputs(
  step: number,
  { pixels, targets, groups, more = {} }: Batch,
  { image, key, noisyLayers, stepSizes, scalars }: ChangingInStep,
): Record<string, Input> {
  const rows = rowsInStep(groups);
  const { height, width, channels } = image;
  const byRow = (values: Float32Array): Input => ({ values, shape: [rows, values.length / rows] });
  const random = keyedRandom(key.seed, 'noise', key.generation, step);
  // By place, not by name: tfjs numbers the names that a user's module leaves open through the whole process.
  const seeds = noisyLayers.map((layer, place) => [
    `seed-${layer}`,
    { values: Int32Array.from(random.fork(place).seedPair()), shape: [2] },
  ]);
  return {
    pixels: { values: pixels, shape: [rows, height, width, channels] },
    targets: byRow(targets),
    ...mapped(more, byRow),
    ...mapped(scalars, scalar),
    stepSizes: { values: stepSizes, shape: [stepSizes.length] },
    ...Object.fromEntries(seeds),
  };
}
