import assert from 'node:assert/strict';
import { test } from 'node:test';
import { amongNew } from '../../../../learning/extension/among-new.js';

test('new classes share what they have among themselves; old ones have nothing', () => {
  const probabilities = Float32Array.of(...[0.5, 0.25, 0.25, 0], ...[1, 0, 0, 0]);
  assert.deepEqual([...amongNew(probabilities, 4, 2)], [...[0, 0, 1, 0], ...[0, 0, 0.5, 0.5]]);
  assert.deepEqual([...amongNew(probabilities.subarray(0, 4), 4, 1)], [0, 0.5, 0.5, 0]);
});
