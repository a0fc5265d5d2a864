import assert from 'node:assert/strict';
import { test } from 'node:test';
import { batchNormTraining } from '../../../engine/batch-norm.js';
import { Program } from '../../../engine/compile/program.js';
import { softmaxCrossEntropy } from '../../../engine/softmax-cross-entropy.js';
import { type TensorFlow, tf } from '../../../engine/tensorflow.js';

type Tensor = TensorFlow.Tensor;
/** A loss of arrays, in float64. */
type Loss = (arrays: readonly number[][]) => number;

const EPSILON = 1e-3;

function normal(length: number, seed: number, mean = 0, deviation = 1): number[] {
  return [...tf.tidy(() => tf.randomNormal([length], mean, deviation, 'float32', seed).dataSync())];
}

/** Central differences in float64: exact to about 1e-9 of the loss. */
function differences(loss: Loss, arrays: readonly number[][], step = 1e-5): number[][] {
  return arrays.map((values, array) =>
    values.map((_, place) => {
      const moved = (by: number) =>
        loss(arrays.map((other, index) => (index === array ? other.with(place, other[place]! + by) : other)));
      return (moved(step) - moved(-step)) / (2 * step);
    }),
  );
}

/** @param share tolerance relative to the largest expected value */
function assertClose(received: ArrayLike<number>, expected: readonly number[], share: number, of = ''): void {
  assert.equal(received.length, expected.length);
  const scale = Math.max(1, ...expected.map(Math.abs));
  expected.forEach((value, place) => {
    const difference = Math.abs(received[place]! - value);
    assert.ok(difference <= share * scale, `${of} ${place}: received ${received[place]}, expected ${value}`);
  });
}

/** Eager, and compiled with and without TensorFlow's graph rewriting, which has its own fused kernels. */
function everyWay(
  gradients: (inputs: readonly Tensor[]) => Tensor[],
  inputs: readonly Tensor[],
): number[][][] {
  const ways = [{ eager: true }, {}, { deterministic: true }].map((options) => {
    const program = new Program([], options);
    const named = Object.fromEntries(inputs.map((input, place) => [place, input]));
    const outputs = program
      .compile((given) => Object.fromEntries(gradients(inputs.map((_, place) => given[place]!)).entries()))
      .run(named);
    program.dispose();
    return inputs.map((_, place) => [...outputs[place]!.dataSync()]);
  });
  assert.deepEqual(ways[2], ways[0], 'deterministic is eager, to the bit');
  return ways;
}

/** sum(weights * norm(x)^2) by definition, with means over all but the last axis. */
function batchNormLoss(weights: readonly number[], channels: number, epsilon: number): Loss {
  return ([x, scale, offset]) => {
    const count = x!.length / channels;
    let sum = 0;
    for (let channel = 0; channel < channels; channel++) {
      const values = Array.from({ length: count }, (_, place) => x![place * channels + channel]!);
      const mean = values.reduce((total, value) => total + value, 0) / count;
      const variance = values.reduce((total, value) => total + (value - mean) ** 2, 0) / count;
      values.forEach((value, place) => {
        const y = ((value - mean) / Math.sqrt(variance + epsilon)) * scale![channel]! + offset![channel]!;
        sum += weights[place * channels + channel]! * y ** 2;
      });
    }
    return sum;
  };
}

const BATCH_NORMS = [
  { name: 'several images', shape: [3, 4, 5, 2], mean: 0.5, deviation: 2, share: 1e-5 },
  { name: 'one image of one channel', shape: [1, 3, 4, 1], mean: 0, deviation: 1, share: 1e-5 },
  { name: 'images of one pixel', shape: [6, 1, 1, 3], mean: -1, deviation: 3, share: 1e-5 },
  { name: 'many channels', shape: [2, 2, 3, 17], mean: 0, deviation: 1, share: 1e-5 },
  { name: 'a mean far off', shape: [4, 3, 3, 2], mean: 50, deviation: 1, share: 1e-4 },
  { name: 'next to no variance', shape: [4, 2, 2, 2], mean: 0, deviation: 0.01, share: 1e-4 },
] as const;

for (const { name, shape, mean, deviation, share } of BATCH_NORMS) {
  test(`gradients of batch norm match finite differences: ${name}`, () => {
    const channels = shape[3];
    const size = shape.reduce<number>((product, side) => product * side, 1);
    const arrays = [normal(size, 1, mean, deviation), normal(channels, 2, 1, 0.5), normal(channels, 3)];
    const weights = normal(size, 4);
    const tensors = [tf.tensor4d(arrays[0]!, [...shape]), tf.tensor1d(arrays[1]!), tf.tensor1d(arrays[2]!)];
    const loss = (x: Tensor, scale: Tensor, offset: Tensor) => {
      const y = batchNormTraining(
        x as TensorFlow.Tensor4D,
        scale as TensorFlow.Tensor1D,
        offset as TensorFlow.Tensor1D,
        EPSILON,
        () => {},
      );
      return tf.sum(tf.mul(tf.tensor4d(weights, [...shape]), tf.square(y))) as TensorFlow.Scalar;
    };
    const expected = differences(batchNormLoss(weights, channels, EPSILON), arrays);
    for (const received of everyWay((inputs) => tf.grads(loss)([...inputs]), tensors)) {
      expected.forEach((gradient, place) => {
        assertClose(received[place]!, gradient, share, ['images', 'scale', 'offset'][place]);
      });
    }
  });
}

test('batch norm of a constant channel and of a single value is finite', () => {
  for (const x of [tf.fill([2, 2, 2, 1], 3) as TensorFlow.Tensor4D, tf.tensor4d([[[[3]]]])]) {
    const scale = tf.tensor1d([2]);
    const offset = tf.tensor1d([0.5]);
    const loss = (image: Tensor) =>
      tf.sum(
        batchNormTraining(image as TensorFlow.Tensor4D, scale, offset, EPSILON, (_, variance) => {
          assert.deepEqual([...variance.dataSync()], [0]);
        }),
      ) as TensorFlow.Scalar;
    const { value, grad } = tf.valueAndGrad(loss)(x);
    assertClose(value.dataSync(), [0.5 * x.size], 1e-6);
    assertClose(grad.dataSync(), new Array(x.size).fill(0), 1e-6);
  }
});

/** -sum(weight * target * log softmax) by row. */
function crossEntropyLoss(targets: readonly number[], weights: readonly number[], classes: number): Loss {
  return ([logits]) =>
    weights.reduce((sum, weight, row) => {
      const scores = logits!.slice(row * classes, (row + 1) * classes);
      const largest = Math.max(...scores);
      const log = largest + Math.log(scores.reduce((total, score) => total + Math.exp(score - largest), 0));
      const part = scores.reduce(
        (total, score, place) => total + targets[row * classes + place]! * (log - score),
        0,
      );
      return sum + weight * part;
    }, 0);
}

const ROWS = 5;
const CLASSES = 7;
const hard = Array.from({ length: ROWS * CLASSES }, (_, place) =>
  place % CLASSES === (place / CLASSES) >> 0 ? 1 : 0,
);
const TARGETS: Record<string, number[]> = {
  hard,
  smoothed: hard.map((value) => value * 0.9 + 0.1 / CLASSES),
  soft: [...tf.softmax(tf.tensor2d(normal(ROWS * CLASSES, 5), [ROWS, CLASSES])).dataSync()],
};

for (const [kind, targets] of Object.entries(TARGETS)) {
  for (const spread of [1, 10]) {
    test(`the gradient of softmax cross entropy matches finite differences: ${kind} targets, logits of ${spread}`, () => {
      const logits = normal(ROWS * CLASSES, 6, 0, spread);
      const weights = normal(ROWS, 7);
      const loss = (scores: Tensor) => {
        const losses = softmaxCrossEntropy(
          scores as TensorFlow.Tensor2D,
          tf.tensor2d(targets, [ROWS, CLASSES]),
        );
        return tf.sum(tf.mul(losses, tf.tensor1d(weights))) as TensorFlow.Scalar;
      };
      const reference = crossEntropyLoss(targets, weights, CLASSES);
      const given = tf.tensor2d(logits, [ROWS, CLASSES]);
      assertClose(loss(given).dataSync(), [reference([logits])], 1e-6, 'loss');
      const [expected] = differences(reference, [logits]);
      for (const [received] of everyWay(([scores]) => [tf.grad(loss)(scores!)], [given])) {
        assertClose(received!, expected!, 2e-6, 'logits');
      }
    });
  }
}

test('softmax cross entropy is finite for logits beyond the range of exp', () => {
  const logits = tf.tensor2d([
    [1000, -1000],
    [-1000, 1000],
  ]);
  const targets = tf.tensor2d([
    [1, 0],
    [1, 0],
  ]);
  const { value, grad } = tf.valueAndGrad(
    (scores) => tf.sum(softmaxCrossEntropy(scores as TensorFlow.Tensor2D, targets)) as TensorFlow.Scalar,
  )(logits);
  assertClose(value.dataSync(), [2000], 1e-6);
  assertClose(grad.dataSync(), [0, 0, -1, 1], 1e-6);
});

test('a scaled cross entropy has a scaled gradient', () => {
  const given = tf.tensor2d(normal(ROWS * CLASSES, 8), [ROWS, CLASSES]);
  const of = (factor: number) =>
    tf.grad(
      (scores) =>
        tf.mul(
          factor,
          tf.sum(softmaxCrossEntropy(scores as TensorFlow.Tensor2D, tf.tensor2d(hard, [ROWS, CLASSES]))),
        ) as TensorFlow.Scalar,
    )(given);
  assert.deepEqual([...of(1024).dataSync()], [...tf.mul(of(1), 1024).dataSync()]);
});
