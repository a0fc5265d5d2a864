import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newClassesOnly } from '../../../../learning/extension/new-classes-only.js';

test('probabilities of new classes sum to 1; those of old classes are 0', () => {
  const probabilities = Float32Array.of(...[0.5, 0.25, 0.25, 0], ...[1, 0, 0, 0]);
  assert.deepEqual([...newClassesOnly(probabilities, 4, 2)], [...[0, 0, 1, 0], ...[0, 0, 0.5, 0.5]]);
  assert.deepEqual([...newClassesOnly(probabilities.subarray(0, 4), 4, 1)], [0, 0.5, 0.5, 0]);
});
