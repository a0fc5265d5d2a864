import assert from 'node:assert/strict';
import { test } from 'node:test';
import { linear, logarithmic, spread, ticks } from '../../../../../bench/methods/plots/scale.js';

test('linear and logarithmic axes', () => {
  const up = linear([0, 10], [100, 0]);
  assert.deepEqual([0, 5, 10].map(up), [100, 50, 0]);
  const along = logarithmic([10, 1000], [0, 200]);
  assert.deepEqual(
    [10, 100, 1000].map((value) => Math.round(along(value))),
    [0, 100, 200],
  );
});

test('marks are round numbers around all values', () => {
  assert.deepEqual(ticks(68.2, 92.4, 6), [65, 70, 75, 80, 85, 90, 95]);
  assert.deepEqual(ticks(-3.3, 0.8, 6), [-4, -3, -2, -1, 0, 1]);
  assert.deepEqual(ticks(0, 0.5, 5), [0, 0.1, 0.2, 0.3, 0.4, 0.5]);
  assert.deepEqual(ticks(80, 80, 6).length > 1, true, 'one value alone has an axis too');
});

test('names keep their distance, their order, and the range', () => {
  const places = [100, 20, 22, 21, 180];
  const placed = spread(places, 10, [0, 185]);
  const order = (values: readonly number[]) =>
    values.map((_, index) => index).sort((a, b) => values[a]! - values[b]!);
  assert.deepEqual(order(placed), order(places));
  const sorted = [...placed].sort((a, b) => a - b);
  for (const [index, place] of sorted.entries()) {
    assert.ok(place >= 0 && place <= 185);
    if (index > 0) assert.ok(place - sorted[index - 1]! >= 10 - 1e-9);
  }
  assert.equal(placed[0], 100, 'what has room stays');
  assert.equal(placed[3], 21, 'the middle of three stays');
});

test('names at the end of the range are moved inwards', () => {
  assert.deepEqual(spread([100, 100, 100], 10, [0, 100]), [80, 90, 100]);
  assert.deepEqual(spread([0, 0], 10, [0, 100]), [0, 10]);
});
