import assert from 'node:assert/strict';
import { test } from 'node:test';
import { studentTraining } from '../../../../domain/config/training.js';
import { keyedRandom } from '../../../../domain/random.js';
import { type TensorFlow, tf } from '../../../../engine/tensorflow.js';
import type { Batch } from '../../../../learning/training/batches/batch.js';
import { Learner } from '../../../../learning/training/learner.js';

const IMAGE = { height: 8, width: 8, channels: 1 } as const;
const CLASSES = 3;
const SIZE = 8;
const STEPS = 4;

/** Without batch norm, which would use each replica's statistics. */
function network(): TensorFlow.LayersModel {
  const input = tf.input({ shape: [8, 8, 1] });
  const kernelInitializer = (seed: number) => tf.initializers.heNormal({ seed });
  const scaled = tf.layers.rescaling({ scale: 1 / 127.5, offset: -1 }).apply(input);
  const convolved = tf.layers
    .conv2d({ filters: 8, kernelSize: 3, activation: 'relu', kernelInitializer: kernelInitializer(1) })
    .apply(scaled);
  const pooled = tf.layers.globalAveragePooling2d({}).apply(convolved);
  const output = tf.layers.dense({ units: CLASSES, kernelInitializer: kernelInitializer(2) }).apply(pooled);
  return tf.model({ inputs: input, outputs: output as TensorFlow.SymbolicTensor });
}

function batchOf(step: number): Batch {
  const random = keyedRandom(5, 'batch', step);
  const pixels = Uint8Array.from({ length: SIZE * 64 }, () => random.integer(256));
  const targets = new Float32Array(SIZE * CLASSES);
  for (let row = 0; row < SIZE; row++) targets[row * CLASSES + random.integer(CLASSES)] = 1;
  return { groups: { labelled: SIZE, unlabelled: 0 }, pixels, targets };
}

async function lossesWith(change: object): Promise<number[]> {
  const training = studentTraining.parse({ batchSize: SIZE, unlabelledRatio: 0, gradientClip: 1, ...change });
  const learner = new Learner(network(), IMAGE, training, { seed: 1, generation: 1 });
  const losses: number[] = [];
  for (let step = 0; step < STEPS; step++) losses.push(await learner.step(step, batchOf(step)));
  learner.dispose();
  return losses;
}

function assertNear(actual: readonly number[], expected: readonly number[], tolerance: number): void {
  actual.forEach((loss, step) => {
    const difference = Math.abs(loss - expected[step]!);
    assert.ok(
      difference < tolerance,
      `step ${step}: ${loss}, expected ${expected[step]} within ${tolerance}`,
    );
  });
}

test('a step in replicas equals the whole step, compiled and eager', async () => {
  const whole = await lossesWith({});
  for (const change of [{ replicas: 2 }, { replicas: 4 }, { replicas: 2, eager: true }]) {
    assertNear(await lossesWith(change), whole, 1e-5);
  }
});

test('a scaled loss gives the same steps and the same losses', async () => {
  assertNear(await lossesWith({ lossScale: 1024 }), await lossesWith({}), 1e-5);
});

test('bfloat16 gives losses near those of float32', async () => {
  assertNear(await lossesWith({ precision: 'bfloat16' }), await lossesWith({}), 0.02);
});
