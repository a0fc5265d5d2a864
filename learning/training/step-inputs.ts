import { keyedRandom } from '../../domain/random.js';
import type { ImageShape } from '../../domain/records.js';
import type { Input } from '../../engine/compile/typed-input.js';
import { type Batch, rowsInStep } from './batches/batch.js';
import { mapValues } from './map-values.js';

/** The inputs of a step besides its batch. */
export interface StepContext {
  readonly image: ImageShape;
  readonly key: { readonly seed: number; readonly generation: number };
  /** Names of the dropout layers, each of which needs a seed. */
  readonly noisyLayers: readonly string[];
  /** One for each group of layers. */
  readonly stepSizes: Float32Array;
  /** By name. */
  readonly scalars: Readonly<Record<string, number>>;
}

const scalar = (value: number): Input => ({ values: Float32Array.of(value), shape: [] });

/** Returns the inputs of a compiled step: images, targets, step sizes, scalars, and the seeds of the dropout layers. */
export function stepInputs(
  step: number,
  { pixels, targets, groups, more = {} }: Batch,
  { image, key, noisyLayers, stepSizes, scalars }: StepContext,
): Record<string, Input> {
  const rows = rowsInStep(groups);
  const { height, width, channels } = image;
  const byRow = (values: Float32Array): Input => ({ values, shape: [rows, values.length / rows] });
  const random = keyedRandom(key.seed, 'noise', key.generation, step);
  // Keyed by index: tfjs numbers unnamed layers through the whole process, so names differ between attempts.
  const seeds = noisyLayers.map((layer, index) => [
    `seed-${layer}`,
    { values: Int32Array.from(random.fork(index).seedPair()), shape: [2] },
  ]);
  return {
    pixels: { values: pixels, shape: [rows, height, width, channels] },
    targets: byRow(targets),
    ...mapValues(more, byRow),
    ...mapValues(scalars, scalar),
    stepSizes: { values: stepSizes, shape: [stepSizes.length] },
    ...Object.fromEntries(seeds),
  };
}
