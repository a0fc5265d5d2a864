import assert from 'node:assert/strict';
import { test } from 'node:test';
import { batchNormTraining, softmaxCrossEntropy, type TensorFlow, tf } from '../../../engine/index.js';

type Tensor = TensorFlow.Tensor;
type Loss = (...inputs: Tensor[]) => TensorFlow.Scalar;

const STEP = 1e-2;

/** Central differences of a loss, in its n-th input. */
function differences(loss: Loss, inputs: readonly Tensor[], place: number): number[] {
  const values = inputs[place]!.dataSync();
  const at = (index: number, change: number) =>
    tf.tidy(() => {
      const moved = Float32Array.from(values);
      moved[index]! += change;
      const others = [...inputs];
      others[place] = tf.tensor(moved, inputs[place]!.shape);
      return loss(...others).dataSync()[0]!;
    });
  return Array.from(
    { length: values.length },
    (_, index) => (at(index, STEP) - at(index, -STEP)) / (2 * STEP),
  );
}

function assertGradients(name: string, loss: Loss, inputs: readonly Tensor[]): void {
  const gradients = tf.grads(loss as (...inputs: Tensor[]) => Tensor)([...inputs]);
  gradients.forEach((gradient, place) => {
    const expected = differences(loss, inputs, place);
    const largest = Math.max(...expected.map(Math.abs));
    gradient.dataSync().forEach((value, index) => {
      const difference = Math.abs(value - expected[index]!);
      assert.ok(
        difference < 0.01 * largest + 1e-3,
        `${name}, input ${place}, [${index}]: ${value}, by differences ${expected[index]}`,
      );
    });
  });
}

const images = tf.randomNormal([2, 3, 3, 2], 0.5, 1.5, 'float32', 1);
const scale = tf.tensor1d([1.5, 0.7]);
const offset = tf.tensor1d([0.1, -0.3]);
/** Any weights that are not all the same: batch norm has no gradient for a plain sum. */
const weights = tf.randomNormal([2, 3, 3, 2], 0, 1, 'float32', 2);

test('batch norm: gradients of images, scale and offset by finite differences', () => {
  assertGradients(
    'batch norm',
    (x, gamma, beta) => {
      const normalised = batchNormTraining(
        x as TensorFlow.Tensor4D,
        gamma as TensorFlow.Tensor1D,
        beta as TensorFlow.Tensor1D,
        1e-3,
        () => {},
      );
      return tf.sum(tf.mul(weights, normalised));
    },
    [images, scale, offset],
  );
});

const logits = tf.tensor2d([2, -1, 0.5, 0.3, 0.1, -2, 1, 1, 1], [3, 3]);
const TARGETS = {
  hard: [1, 0, 0, 0, 0, 1, 0, 1, 0],
  soft: [0.2, 0.5, 0.3, 0.9, 0.05, 0.05, 0.4, 0.4, 0.2],
  smoothed: [0.9, 0.05, 0.05, 0.05, 0.05, 0.9, 0.05, 0.9, 0.05],
};
for (const [kind, values] of Object.entries(TARGETS)) {
  test(`softmax cross entropy with ${kind} targets: value, and gradient by finite differences`, () => {
    const targets = tf.tensor2d(values, [3, 3]);
    const unfused = tf.neg(tf.sum(tf.mul(targets, tf.logSoftmax(logits)), 1)).dataSync();
    softmaxCrossEntropy(logits, targets)
      .dataSync()
      .forEach((loss, row) => {
        assert.ok(Math.abs(loss - unfused[row]!) < 1e-6);
      });
    const rows = tf.tensor1d([1, 2, 0.5]);
    assertGradients(
      kind,
      (z) => tf.sum(tf.mul(rows, softmaxCrossEntropy(z as TensorFlow.Tensor2D, targets))),
      [logits],
    );
  });
}

test('ReLU and ReLU6: the gradient is one where they pass their input, by finite differences', () => {
  // Away from the corners, where there is none.
  const values = tf.tensor1d([-3, -0.5, 0.4, 2, 5.5, 6.5, 9]);
  const weights = tf.tensor1d([1, 2, 3, 4, 5, 6, 7]);
  for (const activation of [tf.relu, tf.relu6]) {
    assertGradients(activation.name, (x) => tf.sum(tf.mul(weights, activation(x as TensorFlow.Tensor1D))), [
      values,
    ]);
  }
  const atZero = tf.grad((x) => tf.sum(tf.relu(x)))(tf.tensor1d([0]));
  assert.deepEqual([...atZero.dataSync()], [0]);
});
