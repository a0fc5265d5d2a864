import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { studentTraining } from '../../../domain/config/training.js';
import { type TensorFlow, tf } from '../../../engine/tensorflow.js';
import { FusedBatchNormalization } from '../../../learning/models/layers/fused-batch-normalization.js';
import { type Batch, rowsInStep } from '../../../learning/training/batches/batch.js';
import { Learner } from '../../../learning/training/learner.js';

/** The output of test/golden/train.py. */
interface Golden {
  readonly steps: number;
  readonly emaDecay: number;
  readonly pixelSums: readonly number[];
  readonly weights: Readonly<Record<string, { shape: number[]; base64: string }>>;
  readonly cases: ReadonlyArray<{
    readonly name: string;
    readonly optimizer: object;
    readonly smoothing?: number;
    readonly weightDecay?: number;
    readonly gradientClip?: number;
    readonly losses: readonly number[];
    readonly trained: readonly number[];
    readonly averaged: readonly number[];
  }>;
}

const FILE = new URL('../../../../test/golden/engine/training.json', import.meta.url);
const golden = JSON.parse(readFileSync(fileURLToPath(FILE), 'utf8')) as Golden;

const SIDE = 12;
const IMAGE = { height: SIDE, width: SIDE, channels: 3 } as const;
const CLASSES = 5;
const TOLERANCE = 1e-4;

/** Same as batch_of in train.py. */
function batchOf(step: number, smoothing = 0): Batch {
  const size = step % 10 === 9 ? 10 : 24;
  const pixels = new Uint8Array(size * SIDE * SIDE * 3);
  const targets = new Float32Array(size * CLASSES).fill(smoothing / CLASSES);
  for (let image = 0, at = 0; image < size; image++) {
    const label = (image * 3 + step) % CLASSES;
    targets[image * CLASSES + label]! += 1 - smoothing;
    for (let y = 0; y < SIDE; y++) {
      for (let x = 0; x < SIDE; x++) {
        const stripe = (x * (label + 1) + y) % 5 < 2 ? 128 : 0;
        for (let channel = 0; channel < 3; channel++) {
          const place = ((step * 64 + image) * SIDE + y) * SIDE * 3 + x * 3 + channel;
          pixels[at++] = ((Math.imul(place, 2654435761) >>> 24) & 127) + stripe;
        }
      }
    }
  }
  return { groups: { labelled: size, unlabelled: 0 }, pixels, targets };
}

function network(): TensorFlow.LayersModel {
  const convolution = (name: string, filters: number, strides: number) =>
    tf.layers.conv2d({ name, filters, kernelSize: 3, strides, padding: 'same', useBias: false });
  const norm = (name: string) => new FusedBatchNormalization({ name, momentum: 0.9, epsilon: 1e-3 });
  const model = tf.sequential({
    layers: [
      tf.layers.rescaling({ scale: 1 / 127.5, offset: -1, inputShape: [SIDE, SIDE, 3] }),
      convolution('conv1', 8, 1),
      norm('norm1'),
      tf.layers.reLU(),
      convolution('conv2', 16, 2),
      norm('norm2'),
      tf.layers.reLU(),
      tf.layers.globalAveragePooling2d({}),
      tf.layers.dense({ name: 'logits', units: CLASSES }),
      tf.layers.softmax(),
    ],
  });
  for (const weight of model.weights) {
    const stored = golden.weights[weight.originalName];
    assert.ok(stored, `the golden network has no ${weight.originalName}`);
    const values = new Float32Array(new Uint8Array(Buffer.from(stored.base64, 'base64')).buffer);
    const initial = tf.tensor(values, stored.shape);
    weight.write(initial);
    initial.dispose();
  }
  return model;
}

function assertClose(received: ArrayLike<number>, expected: readonly number[], what: string): void {
  assert.equal(received.length, expected.length);
  expected.forEach((value, place) => {
    const difference = Math.abs(received[place]! - value);
    assert.ok(
      difference <= TOLERANCE,
      `${what} ${place}: received ${received[place]}, TensorFlow has ${value}`,
    );
  });
}

test('the batches equal those of the golden training', () => {
  const sums = golden.pixelSums.map((_, step) => batchOf(step).pixels.reduce((sum, value) => sum + value, 0));
  assert.deepEqual(sums, golden.pixelSums);
});

for (const { name, optimizer, smoothing, losses, trained, averaged, ...change } of golden.cases) {
  test(`${golden.steps} compiled steps have the same losses as TensorFlow in Python: ${name}`, async () => {
    const training = studentTraining.parse({
      optimizer,
      schedule: { kind: 'constant', warmup: 0 },
      weightDecay: change.weightDecay ?? 0,
      ...(change.gradientClip && { gradientClip: change.gradientClip }),
      emaDecay: golden.emaDecay,
      steps: golden.steps,
    });
    const learner = new Learner(network(), IMAGE, training, { seed: 1, generation: 1 });
    const received: number[] = [];
    for (let step = 0; step < golden.steps; step++) {
      const batch = batchOf(step, smoothing);
      received.push(await learner.step(step, batch));
    }
    const unseen = batchOf(golden.steps);
    const predictions = () => learner.probabilities(unseen.pixels, rowsInStep(unseen.groups));
    assertClose(received, losses, 'loss');
    assertClose(await predictions(), trained, 'probability by the trained weights');
    assertClose(await learner.withAverage(predictions), averaged, 'probability by the averaged weights');
    learner.dispose();
  });
}
