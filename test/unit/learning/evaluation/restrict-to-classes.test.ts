import assert from 'node:assert/strict';
import { test } from 'node:test';
import { restrictToClasses } from '../../../../learning/evaluation/restrict-to-classes.js';

const PROBABILITIES = Float32Array.of(...[0.5, 0.25, 0.125, 0.125], ...[1, 0, 0, 0]);

test('chosen classes share what they have among themselves, the others have nothing', () => {
  const before = PROBABILITIES.slice();
  const changed = restrictToClasses(PROBABILITIES, 4, [0, 2]);
  assert.deepEqual(
    [...changed].map((value) => value.toFixed(4)),
    [...['0.8000', '0.0000', '0.2000', '0.0000'], ...['1.0000', '0.0000', '0.0000', '0.0000']],
  );
  assert.deepEqual(PROBABILITIES, before);
});

test('where they have nothing, they share alike', () => {
  assert.deepEqual([...restrictToClasses(PROBABILITIES.subarray(4), 4, [1, 3])], [0, 0.5, 0, 0.5]);
});

test('no class, or one that there is not, is refused', () => {
  for (const chosen of [[], [4], [-1], [0.5]]) {
    assert.throws(
      () => restrictToClasses(PROBABILITIES, 4, chosen),
      /chosen: received .*, expected some of 0 to 3/,
    );
  }
});
