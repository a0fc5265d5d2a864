import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compareFeatures } from '../../../../learning/gap/compare-features.js';
import { gaussianRows } from './gaussian-rows.js';

/** The squared Fréchet distance of two centres is 16 times the square of their difference. */
const WIDTH = 16;

async function closedWith(validationImages: number) {
  const features = {
    training: gaussianRows(500, WIDTH, 0, 'training'),
    augmented: gaussianRows(500, WIDTH, 0.1, 'augmented'),
    validation: gaussianRows(validationImages, WIDTH, 0, 'validation'),
    real: gaussianRows(500, WIDTH, 0.2, 'real'),
  };
  const { gap } = await compareFeatures({ features, neighbours: 3, permutations: 19, seed: 0 });
  return gap.closed.frechet;
}

test('the closed share of the Fréchet distance does not depend on the number of validation images', async () => {
  const closed = await closedWith(500);
  // Half the distance closes three quarters of its square; the sampling error is about 0.1.
  assert.ok(closed !== null && Math.abs(closed - 0.75) < 0.3, `${closed}`);
  assert.equal(await closedWith(50), closed);
});
