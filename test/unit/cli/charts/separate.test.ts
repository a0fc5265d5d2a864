import assert from 'node:assert/strict';
import { test } from 'node:test';
import { separate } from '../../../../cli/charts/separate.js';

test('labels keep their distance, their order, and the range', () => {
  const positions = [100, 20, 22, 21, 180];
  const separated = separate(positions, 10, [0, 185]);
  const order = (values: readonly number[]) =>
    values.map((_, index) => index).sort((a, b) => values[a]! - values[b]!);
  assert.deepEqual(order(separated), order(positions));
  const sorted = [...separated].sort((a, b) => a - b);
  for (const [index, position] of sorted.entries()) {
    assert.ok(position >= 0 && position <= 185);
    if (index > 0) assert.ok(position - sorted[index - 1]! >= 10 - 1e-9);
  }
  assert.equal(separated[0], 100, 'a label with room stays');
  assert.equal(separated[3], 21, 'the middle of three stays');
});

test('labels at the end of the range are moved inwards', () => {
  assert.deepEqual(separate([100, 100, 100], 10, [0, 100]), [80, 90, 100]);
  assert.deepEqual(separate([0, 0], 10, [0, 100]), [0, 10]);
});
