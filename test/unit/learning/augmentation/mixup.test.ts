import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keyedRandom } from '../../../../domain/random.js';
import { drawMixture, mixBatch } from '../../../../learning/augmentation/mixup.js';

test('mixup’s shares have the mean and the variance of Beta(alpha, alpha)', () => {
  for (const alpha of [0.2, 1, 4]) {
    const random = keyedRandom(1, 'beta', Math.round(alpha * 10));
    const draws = Array.from({ length: 20_000 }, () => drawMixture(random, alpha));
    const mean = draws.reduce((sum, draw) => sum + draw, 0) / draws.length;
    const variance = draws.reduce((sum, draw) => sum + (draw - mean) ** 2, 0) / draws.length;
    assert.ok(Math.abs(mean - 0.5) < 0.01, `mean ${mean}`);
    assert.ok(Math.abs(variance - 1 / (4 * (2 * alpha + 1))) < 0.004, `variance ${variance}`);
    assert.ok(draws.every((draw) => draw >= 0 && draw <= 1));
  }
});

test('a tiny alpha gives the shares 0 and 1', () => {
  const random = keyedRandom(3);
  for (let draw = 0; draw < 200; draw++)
    assert.ok([0, 1].includes(Math.round(drawMixture(random, 1e-4) * 1e6) / 1e6));
});

test('pixels and targets are mixed with the same partner by the same share', () => {
  const pixels = Uint8Array.of(0, 0, 100, 100, 200, 200);
  const targets = Float32Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1);
  mixBatch({ size: 3, pixels, targets }, 1, keyedRandom(7));
  for (let row = 0; row < 3; row++) {
    const target = targets.subarray(row * 3, row * 3 + 3);
    assert.ok(Math.abs(target[0]! + target[1]! + target[2]! - 1) < 1e-6);
    const expected = Math.round(target[1]! * 100 + target[2]! * 200);
    assert.ok(Math.abs(pixels[row * 2]! - expected) <= 1, `${pixels[row * 2]}, expected ${expected}`);
    assert.equal(pixels[row * 2], pixels[row * 2 + 1]);
  }
});
