import assert from 'node:assert/strict';
import { test } from 'node:test';
import { niceScale, signedText, TICKS } from '../../../../cli/charts/axes.js';

test('ticks are round numbers around all values', () => {
  const ticks = (...values: number[]) => niceScale(values, [0, 100]).ticks(TICKS);
  assert.deepEqual(ticks(68.2, 92.4), [65, 70, 75, 80, 85, 90, 95]);
  assert.deepEqual(ticks(-3.3, 0.8), [-4, -3, -2, -1, 0, 1]);
  assert.deepEqual(ticks(0, 0.5), [0, 0.1, 0.2, 0.3, 0.4, 0.5]);
  assert.ok(ticks(80, 80).length > 1, 'one value alone has an axis too');
  assert.ok(ticks().length > 1, 'no values have an axis too');
});

test('negative numbers have a minus sign', () => {
  assert.deepEqual([-0.5, 0, '+1'].map(signedText), ['−0.5', '0', '+1']);
});
