import assert from 'node:assert/strict';
import { test } from 'node:test';
import { teacherTraining } from '../../../../domain/config/training.js';
import { type TensorFlow, tf } from '../../../../engine/tensorflow.js';
import { optimizerOf } from '../../../../learning/training/optimizer.js';

const RATE = 0.1;
const GRADIENTS = [2, -1, 0.5] as const;

/** Returns a single weight, which starts at 0, after each gradient. */
function path(optimizer: object): number[] {
  const rule = optimizerOf(teacherTraining.parse({ optimizer }).optimizer);
  let slots: readonly TensorFlow.Tensor1D[] = rule.slotNames.map(() => tf.tensor1d([0]));
  let weight = 0;
  return GRADIENTS.map((gradient, step) => {
    const moved = rule.update(tf.tensor1d([gradient]), slots, tf.scalar(rule.stepSize(RATE, step)));
    slots = moved.slots;
    weight += moved.change.dataSync()[0]!;
    return weight;
  });
}

function assertNear(received: readonly number[], expected: readonly number[]): void {
  received.forEach((value, index) => {
    assert(Math.abs(value - expected[index]!) < 1e-5, `${received}, expected ${expected}`);
  });
}

test('momentum accumulates velocity; Nesterov applies it ahead', () => {
  // Velocities 2, 0.8, 1.22 of gradients 2, -1, 0.5 at momentum 0.9.
  const plain = path({ kind: 'momentum', momentum: 0.9, nesterov: false });
  assertNear(plain, [-0.2, -0.28, -0.402]);
  // Each step is gradient + 0.9 * velocity: 3.8, -0.28, 1.598.
  assertNear(path({ kind: 'momentum', momentum: 0.9, nesterov: true }), [-0.38, -0.352, -0.5118]);
});

test('the first step of adam is the learning rate, whatever the size of the gradient', () => {
  let [first, second, weight] = [0, 0, 0];
  const expected = GRADIENTS.map((gradient, step) => {
    first = 0.9 * first + 0.1 * gradient;
    second = 0.999 * second + 0.001 * gradient ** 2;
    const unbiased = [first / (1 - 0.9 ** (step + 1)), second / (1 - 0.999 ** (step + 1))] as const;
    weight -= (RATE * unbiased[0]) / Math.sqrt(unbiased[1]);
    return weight;
  });
  assert(Math.abs(expected[0]! + RATE) < 1e-12);
  assertNear(path({ kind: 'adam' }), expected);
});

test('rmsprop divides by the root of mean square and epsilon, then accumulates momentum', () => {
  let [meanSquare, velocity, weight] = [0, 0, 0];
  const expected = GRADIENTS.map((gradient) => {
    meanSquare = 0.9 * meanSquare + 0.1 * gradient ** 2;
    velocity = 0.9 * velocity + (RATE * gradient) / Math.sqrt(meanSquare + 1e-3);
    weight -= velocity;
    return weight;
  });
  assertNear(path({ kind: 'rmsprop', momentum: 0.9 }), expected);
});
