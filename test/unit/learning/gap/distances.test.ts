import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keyedRandom } from '../../../../domain/random.js';
import { measureCoverage, neighbourRadii } from '../../../../learning/gap/coverage.js';
import { featureGap } from '../../../../learning/gap/feature-gap.js';
import { frechetDistance } from '../../../../learning/gap/frechet.js';
import { medianDistance, mmd } from '../../../../learning/gap/mmd.js';
import { sampleDistances } from '../../../../learning/gap/sample-distances.js';
import type { Features } from '../../../../learning/models/features.js';
import { gaussianRows } from './gaussian-rows.js';
import { assertAllNear, assertNear, featuresFrom, golden } from './golden.js';

interface Case {
  readonly width: number;
  readonly one: readonly number[];
  readonly other: readonly number[];
  readonly median: number;
  readonly mmd: number;
  readonly frechet: number;
  readonly coverage: ReadonlyArray<{
    readonly neighbours: number;
    readonly radii: readonly number[];
    readonly nearest: readonly number[];
    readonly distances: readonly number[];
    readonly farness: readonly number[];
    readonly uncovered: number;
  }>;
}

const cases = golden<readonly Case[]>('distances').map(({ one, other, ...rest }) => ({
  ...rest,
  one: featuresFrom(one, rest.width),
  other: featuresFrom(other, rest.width),
}));
const none = { permutations: 0, random: keyedRandom(0) };

test('the median distance and MMD equal those of NumPy', async () => {
  for (const { one, other, median, mmd: expected } of cases) {
    const between = await sampleDistances(one, other);
    assertNear(medianDistance(between), median, 1e-12, 'median');
    assertNear(mmd({ between, bandwidth: median, ...none }).squared, expected, 1e-12, 'MMD');
    const swapped = await sampleDistances(other, one);
    assertNear(mmd({ between: swapped, bandwidth: median, ...none }).squared, expected, 1e-12, 'MMD swapped');
  }
});

test('the Fréchet distance equals that of SciPy, also with fewer rows than columns', async () => {
  for (const { one, other, frechet } of cases) {
    assertNear(frechetDistance(one, other), frechet, 1e-6, 'Fréchet');
    assertNear(frechetDistance(other, one), frechet, 1e-6, 'Fréchet the other way round');
    assertNear(frechetDistance(one, one), 0, 1e-6, 'Fréchet to itself');
  }
});

test('radii, nearest images, farness and the uncovered share equal those of scikit-learn', async () => {
  for (const { one, other, coverage: expected } of cases) {
    const between = await sampleDistances(one, other);
    for (const { neighbours, ...by } of expected) {
      assertAllNear(neighbourRadii(between, neighbours), by.radii, 1e-9, 'radius');
      const found = measureCoverage(between, neighbours);
      assert.deepEqual([...found.nearest], by.nearest);
      assertAllNear(found.distances, by.distances, 1e-9, 'distance');
      assertAllNear(found.farness, by.farness, 1e-9, 'farness');
      assertNear(found.uncovered, by.uncovered, 1e-12, 'uncovered');
    }
  }
});

test('copies of one image cover only identical images', async () => {
  const copies = featuresFrom([1, 2, 1, 2, 1, 2, 1, 2, 1, 2], 2);
  const found = measureCoverage(await sampleDistances(copies, featuresFrom([1, 2, 1, 3], 2)), 3);
  assert.deepEqual([...found.farness], [0, Number.POSITIVE_INFINITY]);
  assert.equal(found.uncovered, 0.5);
});

test('the permutation test distinguishes a difference from chance, deterministically', async () => {
  const one = gaussianRows(60, 4, 0, 'one');
  const measured = async (images: Features) => {
    const between = await sampleDistances(one, images);
    const how = { bandwidth: 2, neighbours: 3, permutations: 99, seed: 3 };
    return featureGap({ training: one, images, between, ...how });
  };
  const like = await measured(gaussianRows(50, 4, 0, 'like'));
  const unlike = await measured(gaussianRows(50, 4, 1.5, 'unlike'));
  assert.ok(like.mmdPValue > 0.05, `received ${like.mmdPValue}`);
  assert.equal(unlike.mmdPValue, 0.01);
  assert.ok(like.frechet < 3 * like.frechetByChance && unlike.frechet > 5 * unlike.frechetByChance);
  assert.ok(like.uncovered < 0.2 && unlike.uncovered > like.uncovered);
  assert.deepEqual(await measured(gaussianRows(50, 4, 0, 'like')), like);
});

test('the callback runs every 64 rows, and its error ends the measurement', async () => {
  const one = gaussianRows(130, 2, 0, 'one');
  let breaths = 0;
  const breathe = async () => {
    breaths++;
  };
  await sampleDistances(one, one, breathe);
  assert.equal(breaths, 5);
  await assert.rejects(
    sampleDistances(one, one, () => Promise.reject(new Error('stop'))),
    /stop/,
  );
});

test('too few rows are refused', async () => {
  const one = featuresFrom([1, 2], 2);
  const between = await sampleDistances(one, one);
  assert.throws(() => mmd({ between, bandwidth: 1, ...none }), RangeError);
  assert.throws(() => frechetDistance(one, one), RangeError);
  assert.throws(() => measureCoverage(between, 3), RangeError);
});
