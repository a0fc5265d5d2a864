import assert from 'node:assert/strict';
import { test } from 'node:test';
import { batchNormInference, batchNormTraining } from '../../../engine/batch-norm.js';
import { randomUniform } from '../../../engine/random-uniform.js';
import { softmaxCrossEntropy } from '../../../engine/softmax-cross-entropy.js';
import { type TensorFlow, tf } from '../../../engine/tensorflow.js';

const EPSILON = 1e-3;
const images = tf.randomNormal([3, 4, 5, 2], 0.5, 2, 'float32', 1) as TensorFlow.Tensor4D;
const scale = tf.tensor1d([1.5, 0.7]);
const offset = tf.tensor1d([0.1, -0.3]);
const weights = tf.randomNormal([3, 4, 5, 2], 0, 1, 'float32', 2) as TensorFlow.Tensor4D;

function close(actual: TensorFlow.Tensor, expected: TensorFlow.Tensor, tolerance: number): void {
  assert.deepEqual(actual.shape, expected.shape);
  const difference = tf.max(tf.abs(tf.sub(actual, expected))).dataSync()[0]!;
  assert.ok(difference <= tolerance, `largest difference ${difference}, expected at most ${tolerance}`);
}

function unfused(x: TensorFlow.Tensor4D, gamma: TensorFlow.Tensor1D, beta: TensorFlow.Tensor1D) {
  const { mean, variance } = tf.moments(x, [0, 1, 2]);
  return tf.batchNorm(x, mean as TensorFlow.Tensor1D, variance as TensorFlow.Tensor1D, beta, gamma, EPSILON);
}

test('fused batch norm has the result and the gradients of unfused tfjs', () => {
  const fused = (x: TensorFlow.Tensor, g: TensorFlow.Tensor, b: TensorFlow.Tensor) =>
    batchNormTraining(
      x as TensorFlow.Tensor4D,
      g as TensorFlow.Tensor1D,
      b as TensorFlow.Tensor1D,
      EPSILON,
      () => {},
    );
  close(fused(images, scale, offset), unfused(images, scale, offset), 1e-5);
  const loss =
    (operation: typeof fused) => (x: TensorFlow.Tensor, g: TensorFlow.Tensor, b: TensorFlow.Tensor) =>
      tf.sum(tf.mul(weights, tf.square(operation(x, g, b)))) as TensorFlow.Scalar;
  const mine = tf.grads(loss(fused))([images, scale, offset]);
  const theirs = tf.grads(loss(unfused as typeof fused))([images, scale, offset]);
  mine.forEach((gradient, index) => {
    close(gradient, theirs[index]!, 2e-4);
  });
});

test('fused batch norm reports the mean and the Bessel-corrected variance', () => {
  const expected = tf.moments(images, [0, 1, 2]);
  const count = 3 * 4 * 5;
  let seen = 0;
  batchNormTraining(images, scale, offset, EPSILON, (mean, variance) => {
    close(mean, expected.mean, 1e-5);
    close(variance, tf.mul(expected.variance, count / (count - 1)), 1e-4);
    seen++;
  });
  assert.equal(seen, 1);
});

test('batch norm with running statistics equals that of tfjs', () => {
  const mean = tf.tensor1d([0.2, -0.4]);
  const variance = tf.tensor1d([1.1, 0.6]);
  close(
    batchNormInference(images, scale, offset, mean, variance, EPSILON),
    tf.batchNorm(images, mean, variance, offset, scale, EPSILON),
    1e-5,
  );
});

test('softmax cross entropy and its gradient match finite differences', () => {
  const logits = tf.tensor2d([
    [1, -2, 0.5],
    [3, 3, -1],
  ]);
  const targets = tf.tensor2d([
    [0.7, 0.2, 0.1],
    [0, 1, 0],
  ]);
  const rowWeights = tf.tensor1d([2, -0.5]);
  const loss = (z: TensorFlow.Tensor) =>
    tf.sum(tf.mul(rowWeights, softmaxCrossEntropy(z as TensorFlow.Tensor2D, targets))) as TensorFlow.Scalar;
  const expected = tf.neg(tf.sum(tf.mul(targets, tf.logSoftmax(logits)), 1));
  close(softmaxCrossEntropy(logits, targets), expected, 1e-6);
  const gradient = tf.grad(loss)(logits).arraySync() as number[][];
  const step = 1e-2;
  for (const [row, column] of [
    [0, 0],
    [0, 2],
    [1, 1],
    [1, 2],
  ] as const) {
    const moved = (by: number) => {
      const values = logits.arraySync();
      values[row]![column]! += by;
      return loss(tf.tensor2d(values)).dataSync()[0]!;
    };
    const numeric = (moved(step) - moved(-step)) / (2 * step);
    assert.ok(
      Math.abs(gradient[row]![column]! - numeric) < 1e-3,
      `at ${row},${column}: ${gradient[row]![column]} and ${numeric}`,
    );
  }
});

test('random numbers depend only on the seed', () => {
  const draw = (a: number, b: number) => [...randomUniform([1000], tf.tensor1d([a, b], 'int32')).dataSync()];
  assert.deepEqual(draw(1, -2), draw(1, -2));
  assert.notDeepEqual(draw(1, -2), draw(2, -2));
  const mean = draw(5, 6).reduce((sum, value) => sum + value, 0) / 1000;
  assert.ok(Math.abs(mean - 0.5) < 0.05);
});
