import assert from 'node:assert/strict';
import { test } from 'node:test';
import { studentTraining } from '../../../../domain/config/training.js';
import { keyedRandom } from '../../../../domain/random.js';
import { tf } from '../../../../engine/tensorflow.js';
import { residualNetwork } from '../../../../learning/models/residual.js';
import type { Batch } from '../../../../learning/training/batches/batch.js';
import { Learner } from '../../../../learning/training/learner.js';

const IMAGE = { height: 8, width: 8, channels: 1 } as const;
const SIZE = 6;
const LABELLED = 2;
const RATE = 0.1;

const random = keyedRandom(5, 'batch');
const BATCH: Batch = {
  groups: { labelled: LABELLED, unlabelled: SIZE - LABELLED },
  pixels: Uint8Array.from({ length: SIZE * 64 }, () => random.integer(256)),
  targets: Float32Array.from({ length: SIZE * 2 }, (_, index) => ((index >> 1) + index) % 2),
};

function learnerWith(change: object): Learner {
  const needs = { image: IMAGE, classes: 2, dropout: 0, stochasticDepth: 0, seed: 1 };
  const spec = { kind: 'residual', width: 4, blocksPerStage: 1, stages: 1, stem: 'auto' } as const;
  const training = studentTraining.parse({
    eager: true,
    weightDecay: 0,
    optimizer: { kind: 'momentum', learningRate: RATE, momentum: 0 },
    schedule: { kind: 'constant', warmup: 0 },
    ...change,
  });
  return new Learner(residualNetwork(spec, needs), IMAGE, training, { seed: 1, generation: 1 });
}

async function saved(learner: Learner): Promise<Record<string, Float32Array>> {
  const tensors = await learner.save();
  return Object.fromEntries(tensors.map(({ name, bytes }) => [name, new Float32Array(bytes.slice().buffer)]));
}

/** The weights before and after one step. */
async function stepped(change: object) {
  const learner = learnerWith(change);
  const before = await saved(learner);
  const loss = await learner.step(0, BATCH);
  const after = await saved(learner);
  learner.dispose();
  return { loss, before, after };
}

const moves = ({ before, after }: Awaited<ReturnType<typeof stepped>>) =>
  after['weights']!.map((value, index) => value - before['weights']![index]!);

function assertNear(received: Float32Array, expected: ArrayLike<number>, within: number): void {
  assert.equal(received.length, expected.length);
  received.forEach((value, index) => {
    assert(Math.abs(value - expected[index]!) < within, `${index}: ${value}, expected ${expected[index]}`);
  });
}

test('weight decay applies to kernels, not to biases or batch norm', async () => {
  const learner = learnerWith({});
  const isKernel = learner.model.trainableWeights.flatMap(({ shape }) => {
    const size = shape.reduce((product: number, side) => product * (side ?? 1), 1);
    return new Array<boolean>(size).fill(shape.length > 1);
  });
  learner.dispose();
  assert(isKernel.includes(true) && isKernel.includes(false));
  const plain = await stepped({});
  const decayed = await stepped({ weightDecay: 0.5 });
  const expected = moves(plain).map((move, index) => {
    return move - (isKernel[index] ? RATE * 0.5 * plain.before['weights']![index]! : 0);
  });
  assertNear(moves(decayed), expected, 1e-6);
});

test('the loss is the mean over the whole step, or the sum divided by the labelled images', async () => {
  const concatenated = await stepped({ lossNormalisation: 'concatenated' });
  const labelled = await stepped({ lossNormalisation: 'labelled' });
  assert(Math.abs(labelled.loss - (SIZE / LABELLED) * concatenated.loss) < 1e-5);
  const expected = moves(concatenated).map((move) => (SIZE / LABELLED) * move);
  assertNear(moves(labelled), expected, 1e-5);
});

test('the averages cover weights and statistics, with a decay that rises over the steps', async () => {
  for (const [step, decay] of [
    [0, 1 / 10],
    [20, 21 / 30],
    [10_000, 0.99],
  ] as const) {
    const learner = learnerWith({ emaDecay: 0.99, steps: 20_000 });
    const before = await saved(learner);
    await learner.step(step, BATCH);
    const after = await saved(learner);
    learner.dispose();
    const everything = [...after['weights']!, ...after['statistics']!];
    const expected = everything.map((value, index) => {
      return decay * before['average']![index]! + (1 - decay) * value;
    });
    assertNear(after['average']!, expected, 1e-6);
  }
});

test('the best weights can be restored after further steps; keeping them leaves no tensors behind', async () => {
  const learner = learnerWith({ eager: false });
  await learner.step(0, BATCH);
  learner.markBest();
  const best = (await saved(learner))['average']!;
  const tensors = tf.memory().numTensors;
  for (let step = 1; step < 4; step++) {
    await learner.step(step, BATCH);
    learner.markBest();
  }
  assert.equal(tf.memory().numTensors, tensors);
  assert.notDeepEqual((await saved(learner))['best'], best);
  learner.dispose();

  const other = learnerWith({ eager: false });
  await other.step(0, BATCH);
  other.markBest();
  for (let step = 1; step < 4; step++) await other.step(step, BATCH);
  other.restoreBest();
  const weights = [...other.model.trainableWeights, ...other.model.nonTrainableWeights];
  assert.deepEqual(Float32Array.from(weights.flatMap((weight) => [...weight.read().dataSync()])), best);
  other.dispose();
});
