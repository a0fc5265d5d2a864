import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keyedRandom } from '../../../../domain/random.js';
import { compareFeatures } from '../../../../learning/gap/compare-features.js';
import { featuresFrom } from './golden.js';

const WIDTH = 16;

/** Rows around a centre: of two centres, the squared Fréchet distance is 16 times their difference's square. */
function cloud(rows: number, centre: number, key: string) {
  const random = keyedRandom(1, key);
  const values = Array.from({ length: rows * WIDTH }, () => centre + random.normal());
  return featuresFrom(values, WIDTH);
}

async function closedWith(validationImages: number) {
  const features = {
    training: cloud(500, 0, 'training'),
    augmented: cloud(500, 0.1, 'augmented'),
    validation: cloud(validationImages, 0, 'validation'),
    real: cloud(500, 0.2, 'real'),
  };
  const { gap } = await compareFeatures({ features, neighbours: 3, permutations: 19, seed: 0 });
  return gap.closed.frechet;
}

test('the closed share of the Fréchet distance does not depend on the number of validation images', async () => {
  const closed = await closedWith(500);
  // Half the distance closes three quarters of its square; the tolerance for this many images is 0.1.
  assert.ok(closed !== null && Math.abs(closed - 0.75) < 0.3, `${closed}`);
  assert.equal(await closedWith(50), closed);
});
