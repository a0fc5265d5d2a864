import type { ModelSpec } from '../../domain/config/model.js';
import { studentTraining } from '../../domain/config/training.js';
import { keyedRandom } from '../../domain/random.js';
import { residualNetwork } from '../../learning/models/residual.js';
import { type Batch, rowsInStep } from '../../learning/training/batches/batch.js';
import { Learner } from '../../learning/training/learner.js';

const CLASSES = 4;
const BATCH = 6;
/** Every so many steps the batch is a smaller one, with a graph of its own. */
const PARTIAL_EVERY = 4;

interface Rung {
  readonly image: { readonly height: number; readonly width: number; readonly channels: 1 | 3 };
  readonly spec: Omit<Extract<ModelSpec, { kind: 'residual' }>, 'kind'>;
}

/** Small networks of every stem: among them sides that strides do not divide, and one and three channels. */
export const LADDER: Readonly<Record<string, Rung>> = {
  'full stem': {
    image: { height: 8, width: 8, channels: 3 },
    spec: { width: 8, blocksPerStage: 1, stages: 3, stem: 'full' },
  },
  'half stem': {
    image: { height: 13, width: 15, channels: 1 },
    spec: { width: 5, blocksPerStage: 2, stages: 2, stem: 'half' },
  },
  'quarter stem': {
    image: { height: 24, width: 24, channels: 3 },
    spec: { width: 8, blocksPerStage: 1, stages: 2, stem: 'quarter' },
  },
};

export const OPTIMIZERS: Readonly<Record<string, object>> = {
  nesterov: { kind: 'momentum', nesterov: true },
  momentum: { kind: 'momentum', nesterov: false },
  adam: { kind: 'adam' },
  rmsprop: { kind: 'rmsprop' },
};

function batchOf({ height, width, channels }: Rung['image'], step: number): Batch {
  const random = keyedRandom(5, 'batch', step);
  const size = step % PARTIAL_EVERY === PARTIAL_EVERY - 1 ? BATCH - 2 : BATCH;
  const targets = new Float32Array(size * CLASSES).fill(0.1 / CLASSES);
  for (let image = 0; image < size; image++) targets[image * CLASSES + random.integer(CLASSES)]! += 0.9;
  return {
    groups: { labelled: Math.min(size, 4), unlabelled: Math.max(0, size - 4) },
    pixels: Uint8Array.from({ length: size * height * width * channels }, () => random.integer(256)),
    targets,
  };
}

/**
 * Trains a network of the ladder in a deterministic program, with dropout, stochastic depth, averaging, weight decay and
 * clipping on.
 * @returns all that comes of it: losses, saved tensors, and predictions by trained, averaged and best weights
 */
export async function trainLadder(
  { image, spec }: Rung,
  { optimizer, eager, steps, ...change }: { optimizer: object; eager: boolean; steps: number },
): Promise<Record<string, number[]>> {
  const model = residualNetwork(
    { kind: 'residual', ...spec },
    { image, classes: CLASSES, dropout: 0.3, stochasticDepth: 0.3, seed: 1 },
  );
  const training = studentTraining.parse({
    optimizer: { ...optimizer, learningRate: 0.01 },
    weightDecay: 1e-3,
    gradientClip: 1,
    eager,
    steps,
    ...change,
  });
  const learner = new Learner(model, image, training, { seed: 1, generation: 1 }, { deterministic: true });
  try {
    const clean = batchOf(image, 0);
    const predictions = async () => [
      ...(await learner.probabilities(clean.pixels, rowsInStep(clean.groups))),
    ];
    const losses: number[] = [];
    for (let step = 0; step < steps; step++) {
      losses.push(await learner.step(step, batchOf(image, step)));
      if (step === steps >> 1) learner.markBest();
    }
    const trained = await predictions();
    const averaged = await learner.withAverage(predictions);
    const saved = await learner.save();
    learner.restoreBest();
    const best = await predictions();
    const tensors = saved.map(({ name, bytes }) => [name, [...new Float32Array(bytes.slice().buffer)]]);
    return { losses, trained, averaged, best, ...Object.fromEntries(tensors) };
  } finally {
    learner.dispose();
  }
}
