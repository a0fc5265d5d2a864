import assert from 'node:assert/strict';
import { test } from 'node:test';
import { restrictToClasses } from '../../../../learning/evaluation/restrict-to-classes.js';

const PROBABILITIES = Float32Array.of(...[0.5, 0.25, 0.125, 0.125], ...[1, 0, 0, 0]);

test('the chosen classes are renormalised, all others get 0', () => {
  const before = PROBABILITIES.slice();
  const changed = restrictToClasses(PROBABILITIES, 4, [0, 2]);
  assert.deepEqual(
    [...changed].map((value) => value.toFixed(4)),
    [...['0.8000', '0.0000', '0.2000', '0.0000'], ...['1.0000', '0.0000', '0.0000', '0.0000']],
  );
  assert.deepEqual(PROBABILITIES, before);
});

test('if all chosen classes have probability 0, the result is uniform', () => {
  assert.deepEqual([...restrictToClasses(PROBABILITIES.subarray(4), 4, [1, 3])], [0, 0.5, 0, 0.5]);
});

test('an empty choice and unknown classes are refused', () => {
  for (const chosen of [[], [4], [-1], [0.5]]) {
    assert.throws(
      () => restrictToClasses(PROBABILITIES, 4, chosen),
      /chosen: received .*, expected some of 0 to 3/,
    );
  }
});
