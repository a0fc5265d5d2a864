import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { studentTraining } from '../../../domain/config/training.js';
import { tf } from '../../../engine/tensorflow.js';
import { residualNetwork } from '../../../learning/models/residual.js';
import { type Batch, rowsInStep } from '../../../learning/training/batches/batch.js';
import { Learner } from '../../../learning/training/learner.js';

const STEPS = 10_000;
/** Steps after which both graphs are traced and the allocators have warmed up. */
const WARM = 500;
const GROWTH = 1.03;
const IMAGE = { height: 8, width: 8, channels: 3 } as const;
const CLASSES = 4;

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

async function residentBytes(): Promise<number> {
  for (let round = 0; round < 3; round++) {
    collectGarbage();
    // The event loop frees buffers.
    await new Promise((resolve) => setImmediate(resolve));
  }
  return process.memoryUsage.rss();
}

function batchOf(size: number): Batch {
  const targets = Float32Array.from({ length: size * CLASSES }, (_, place) =>
    (place % 5) % 4 === 0 ? 1 : 0,
  );
  const pixels = Uint8Array.from({ length: size * 8 * 8 * 3 }, (_, place) => (place * 37) % 256);
  return { groups: { labelled: size, unlabelled: 0 }, pixels, targets };
}

test(`resident memory is constant over ${STEPS} compiled steps, and no tensor leaks`, async () => {
  const spec = { kind: 'residual', width: 4, blocksPerStage: 1, stages: 1, stem: 'full' } as const;
  const needs = { image: IMAGE, classes: CLASSES, dropout: 0.2, stochasticDepth: 0.2, seed: 1 };
  const training = studentTraining.parse({ steps: STEPS, optimizer: { kind: 'adam', learningRate: 1e-3 } });
  const learner = new Learner(residualNetwork(spec, needs), IMAGE, training, { seed: 1, generation: 1 });
  const batch = batchOf(16);
  const partial = batchOf(7);
  const move = async (from: number, to: number) => {
    for (let step = from; step < to; step++) {
      await learner.step(step, step % 10 === 9 ? partial : batch);
      if (step % 100 === 99) {
        learner.markBest();
        await learner.withAverage(() => learner.probabilities(batch.pixels, rowsInStep(batch.groups)));
        await learner.save();
      }
    }
  };

  await move(0, WARM);
  const tensors = tf.memory().numTensors;
  const before = await residentBytes();
  await move(WARM, STEPS);
  const after = await residentBytes();

  assert.equal(tf.memory().numTensors, tensors);
  const share = `${(after / before).toFixed(4)} of ${(before / 2 ** 20).toFixed(0)} MiB`;
  console.log(`resident memory after ${STEPS} steps: ${share} after ${WARM}`);
  assert.ok(after < before * GROWTH, share);
  learner.dispose();
});
