import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type TensorFlow, tf } from '../../../engine/index.js';

type Tensor = TensorFlow.Tensor;
type Loss = (...inputs: Tensor[]) => TensorFlow.Scalar;

const STEP = 1e-2;

/** Central differences of a loss with respect to its n-th input. */
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

test('gradients of ReLU and ReLU6 match finite differences', () => {
  // Avoids the kinks, where there is no gradient.
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
