import assert from 'node:assert/strict';
import { test } from 'node:test';
import { forgettingOf } from '../../../../domain/methods/extend.js';
import { taskAccuracy } from '../../../../learning/extension/task-accuracy.js';

/** Two old classes and two new ones. */
const PROBABILITIES = Float32Array.of(
  ...[0.6, 0.1, 0.2, 0.1],
  ...[0.3, 0.2, 0.4, 0.1],
  ...[0.2, 0.3, 0.1, 0.4],
  ...[0.5, 0.2, 0.2, 0.1],
);

test('accuracy within a task compares its own classes, overall accuracy all classes', () => {
  const labels = Int32Array.of(0, 0, 1, 1);
  assert.deepEqual(taskAccuracy(PROBABILITIES, labels, 4, { first: 0, count: 2 }), {
    images: 4,
    within: 0.75,
    overall: 0.25,
  });
  const oneNew = taskAccuracy(PROBABILITIES.subarray(4, 12), Int32Array.of(2, 3), 4, { first: 2, count: 2 });
  assert.deepEqual(oneNew, { images: 2, within: 1, overall: 1 });
});

test('forgetting is the loss of accuracy on old images', () => {
  const before = { images: 4, within: 0.9, overall: 0.9 };
  const forgotten = forgettingOf(before, { images: 4, within: 0.8, overall: 0.5 });
  assert.deepEqual([forgotten.within.toFixed(6), forgotten.overall.toFixed(6)], ['0.100000', '0.400000']);
});

test('labels of another task and predictions for other images are refused', () => {
  const task = { first: 0, count: 2 };
  assert.throws(
    () => taskAccuracy(PROBABILITIES, Int32Array.of(0, 1, 2, 0), 4, task),
    /labels\[2\]: received 2, expected 0 to 1/,
  );
  assert.throws(
    () => taskAccuracy(PROBABILITIES, Int32Array.of(0), 4, task),
    /received 16 values for 1 labels/,
  );
  assert.throws(() => taskAccuracy(new Float32Array(), new Int32Array(), 4, task), /at least one/);
});
