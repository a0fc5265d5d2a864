import assert from 'node:assert/strict';
import { test } from 'node:test';
import { studentTraining, type TrainingSpec } from '../../../../domain/config/training.js';
import { ModelError } from '../../../../domain/errors.js';
import { keyedRandom } from '../../../../domain/random.js';
import type { StoredTensor } from '../../../../domain/training-state.js';
import { type TensorFlow, tf } from '../../../../engine/tensorflow.js';
import { residualNetwork } from '../../../../learning/models/residual.js';
import type { Batch } from '../../../../learning/training/batches/batch.js';
import { Learner } from '../../../../learning/training/learner.js';

const IMAGE = { height: 8, width: 8, channels: 1 } as const;
const CLASSES = 3;
const STEPS = 6;

function batchOf(step: number): Batch {
  const random = keyedRandom(5, 'batch', step);
  const size = 6;
  const pixels = Uint8Array.from({ length: size * 64 }, () => random.integer(256));
  const targets = new Float32Array(size * CLASSES);
  for (let row = 0; row < size; row++) targets[row * CLASSES + random.integer(CLASSES)] = 1;
  return { groups: { labelled: 3, unlabelled: size - 3 }, pixels, targets };
}

function newLearner(training: TrainingSpec): Learner {
  const needs = { image: IMAGE, classes: CLASSES, dropout: 0.3, stochasticDepth: 0.3, seed: 1 };
  const spec = { kind: 'residual', width: 4, blocksPerStage: 1, stages: 2, stem: 'auto' } as const;
  return new Learner(residualNetwork(spec, needs), IMAGE, training, { seed: 1, generation: 1 });
}

function specWith(change: object): TrainingSpec {
  return studentTraining.parse({ steps: STEPS, weightDecay: 1e-3, gradientClip: 1, ...change });
}

function bytesByName(tensors: readonly StoredTensor[]) {
  return Object.fromEntries(tensors.map(({ name, bytes }) => [name, Buffer.from(bytes).toString('base64')]));
}

function largestDifference(some: readonly StoredTensor[], others: readonly StoredTensor[]): number {
  const values = ({ bytes }: StoredTensor) => new Float32Array(bytes.slice().buffer);
  const differences = some.map((tensor, index) => {
    const other = values(others[index]!);
    return values(tensor).reduce((largest, value, at) => Math.max(largest, Math.abs(value - other[at]!)), 0);
  });
  return Math.max(...differences);
}

async function run(training: TrainingSpec, from = 0, state?: StoredTensor[], to = STEPS) {
  const learner = newLearner(training);
  if (state) learner.load(state);
  const losses: number[] = [];
  for (let step = from; step < to; step++) losses.push(await learner.step(step, batchOf(step)));
  const saved = await learner.save();
  learner.dispose();
  return { losses, saved };
}

for (const kind of ['momentum', 'adam', 'rmsprop'] as const) {
  test(`compiled and eager steps agree up to rounding: ${kind}, with dropout, stochastic depth and averages`, async () => {
    const optimizer = { kind, learningRate: 0.01 };
    const eager = await run(specWith({ optimizer, eager: true }));
    const compiled = await run(specWith({ optimizer }));
    // TensorFlow optimizes the graph: it may reorder sums, which changes the last bit.
    compiled.losses.forEach((loss, step) => {
      assert.ok(
        Math.abs(loss - eager.losses[step]!) < 1e-5,
        `step ${step}: ${loss}, eager ${eager.losses[step]}`,
      );
    });
    assert.ok(largestDifference(compiled.saved, eager.saved) < 1e-4);
    assert.notEqual(compiled.losses[0], compiled.losses[1]);
  });
}

test('a learner that resumes from a saved state ends with the same bits as an uninterrupted one', async () => {
  const training = specWith({});
  const whole = await run(training);
  const half = await run(training, 0, undefined, 3);
  const rest = await run(training, 3, half.saved);
  assert.deepEqual([...half.losses, ...rest.losses], whole.losses);
  assert.deepEqual(bytesByName(rest.saved), bytesByName(whole.saved));
});

test('the averaged weights are in the network only while they are used', async () => {
  const learner = newLearner(specWith({}));
  await learner.step(0, batchOf(0));
  const before = bytesByName(await learner.save());
  await learner.withAverage(async () => {});
  assert.deepEqual(bytesByName(await learner.save()), before);
  learner.dispose();
});

/** Reads values during the step, which a graph can't. */
class Peeking extends tf.layers.Layer {
  static className = 'Peeking';
  override call(inputs: TensorFlow.Tensor | TensorFlow.Tensor[]): TensorFlow.Tensor {
    const input = Array.isArray(inputs) ? inputs[0]! : inputs;
    input.dataSync();
    return input;
  }
}

test('a network that cannot be compiled is a ModelError with the remedy, and trains eagerly', async () => {
  const networkForGeneration = () => {
    const input = tf.input({ shape: [IMAGE.height, IMAGE.width, IMAGE.channels] });
    const peeked = new Peeking({}).apply(tf.layers.flatten().apply(input));
    const output = tf.layers.dense({ units: CLASSES }).apply(peeked as TensorFlow.SymbolicTensor);
    return tf.model({ inputs: input, outputs: output as TensorFlow.SymbolicTensor });
  };
  const learnerOf = (eager: boolean) =>
    new Learner(networkForGeneration(), IMAGE, specWith({ eager }), { seed: 1, generation: 1 });
  const message = /can't be compiled to a graph: the step reads a value.*eager: true/;
  const compiled = learnerOf(false);
  await assert.rejects(
    compiled.step(0, batchOf(0)),
    (error) => error instanceof ModelError && message.test(error.message),
  );
  const eager = learnerOf(true);
  assert.ok(Number.isFinite(await eager.step(0, batchOf(0))));
  compiled.dispose();
  eager.dispose();
});

test('a checkpoint with other tensors is a ModelError that names the tensor and the remedy', async () => {
  const learner = newLearner(specWith({}));
  const saved = await learner.save();
  const changed = (name: string, change: Partial<StoredTensor>) =>
    saved.map((tensor) => (tensor.name === name ? { ...tensor, ...change } : tensor));
  const cases: ReadonlyArray<readonly [StoredTensor[], RegExp]> = [
    [
      changed('weights', { shape: [2], bytes: new Uint8Array(8) }),
      /tensor weights: received float32 \[2\] in 8 bytes, expected float32 \[\d+\]/,
    ],
    [changed('average', { dtype: 'int32' }), /tensor average: received int32 .* expected float32/],
    [changed('average', { bytes: new Uint8Array(7) }), /tensor average: received .* in 7 bytes/],
    [
      changed('momentum', { name: 'first-moment' }),
      /received no tensor momentum, expected one of \d+ values/,
    ],
    [[...saved, { ...saved[0]!, name: 'more' }], /received a tensor more, expected only .*weights/],
  ];
  for (const [tensors, message] of cases) {
    assert.throws(
      () => learner.load(tensors),
      (error) =>
        error instanceof ModelError &&
        message.test(error.message) &&
        /restore the module as it was, or start a run with an id of its own$/.test(error.message),
    );
  }
  learner.load(saved);
  learner.dispose();
});
