import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gapConfig } from '../../../../domain/methods/gap.js';

const LEAST = {
  name: 'distance',
  data: { labelled: { format: 'class-folders', path: 'x' } },
  model: 'clothes',
};

test('too few permutations for a p-value of 0.05 are refused', () => {
  const { error } = gapConfig.safeParse({ ...LEAST, permutations: 18 });
  assert.deepEqual(error?.issues[0]?.path, ['permutations']);
  assert.equal(gapConfig.parse({ ...LEAST, permutations: 19 }).permutations, 19);
});
