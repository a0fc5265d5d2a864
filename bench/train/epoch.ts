import { augmentationConfig } from '../../domain/config/augmentation.js';
import { studentTraining } from '../../domain/config/training.js';
import { keyedRandom } from '../../domain/random.js';
import type { ImageSet } from '../../learning/datasets/image-set.js';
import { buildNetwork } from '../../learning/models/network.js';
import { batchSource } from '../../learning/training/batches/batch-source.js';
import { Learner } from '../../learning/training/learner.js';

const SHAPE = { height: 28, width: 28, channels: 1 } as const;
const CLASSES = 10;
const BLOCK = 10;
const KEY = { seed: 1, generation: 1 };

/** Noise images; the time doesn't depend on the content. */
function noise(count: number): ImageSet {
  const bytes = SHAPE.height * SHAPE.width;
  const random = keyedRandom(1, 'bench');
  const all = Uint8Array.from({ length: count * bytes }, () => random.integer(256));
  return {
    shape: SHAPE,
    count,
    copy: (position, target, offset) =>
      target.set(all.subarray(position * bytes, (position + 1) * bytes), offset),
    label: (position) => position % CLASSES,
  };
}

/**
 * Milliseconds per optimizer step of the demo's largest student: bare, on one repeated batch, and whole, with sampling,
 * augmentation (RandAugment, mixup) and waiting for batches. Alternates blocks of both; returns the medians.
 */
export async function epochAgainstBareStep(blocks: number): Promise<{ bare: number; whole: number }> {
  const training = studentTraining.parse({
    batchSize: 128,
    steps: 2 * blocks * BLOCK + 2,
    augmentation: augmentationConfig.parse({ shift: 0.05, mixup: 0.2 }),
  });
  const images = noise(2_000);
  const spec = { kind: 'residual', width: 32, blocksPerStage: 1, stages: 3, stem: 'half' } as const;
  const needs = { image: SHAPE, classes: CLASSES, dropout: 0.1, stochasticDepth: 0, seed: 1 };
  const learner = new Learner(await buildNetwork(spec, needs), SHAPE, training, KEY);
  const batches = batchSource({
    images: { labelled: images, unlabelled: images },
    classes: CLASSES,
    training,
    ...KEY,
  });
  const { groups, pixels, targets } = await batches.take(0);
  const same = { groups, pixels: pixels.slice(), targets };
  await learner.step(0, same);
  const times = { bare: [] as number[], whole: [] as number[] };
  let step = 1;
  // In blocks, so that no thread augments ahead while bare steps run.
  for (let block = 0; block < blocks; block++) {
    for (let one = 0; one < BLOCK; one++) {
      const began = performance.now();
      await learner.step(step++, same);
      if (one > 0) times.bare.push(performance.now() - began);
    }
    for (let one = 0; one < BLOCK; one++) {
      const began = performance.now();
      await learner.step(step++, await batches.take(block * BLOCK + one + 1));
      if (one > 0) times.whole.push(performance.now() - began);
    }
  }
  await batches.dispose();
  learner.dispose();
  const median = (values: number[]) => values.sort((a, b) => a - b)[values.length >> 1]!;
  return { bare: median(times.bare), whole: median(times.whole) };
}
