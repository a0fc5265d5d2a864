import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ProgressMeter } from '../../../learning/progress-meter.js';

test('speed is of the last seconds: a slow beginning is forgotten', () => {
  const meter = new ProgressMeter();
  assert.equal(meter.rate(0, 0), 0);
  assert.equal(meter.rate(10, 10_000), 1);
  assert.equal(meter.rate(110, 11_000), 100);
  for (let second = 12; second < 20; second++) meter.rate(110 + 100 * (second - 11), second * 1000);
  assert.equal(meter.rate(1010, 20_000), 100);
});

test('two words at the same moment divide by nothing', () => {
  const meter = new ProgressMeter();
  meter.rate(5, 100);
  assert.equal(meter.rate(6, 100), 0);
});
