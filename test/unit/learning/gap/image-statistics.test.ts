import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ImageSet } from '../../../../learning/datasets/image-set.js';
import { classBalance } from '../../../../learning/gap/class-balance.js';
import { imageStatistics } from '../../../../learning/gap/image-statistics.js';
import { kolmogorovSmirnov, kolmogorovSurvival } from '../../../../learning/gap/kolmogorov-smirnov.js';
import { histogram, statisticGaps } from '../../../../learning/gap/statistic-gaps.js';
import { assertAllNear, assertNear, golden } from './golden.js';

interface GoldenImage {
  readonly height: number;
  readonly width: number;
  readonly channels: 1 | 3;
  readonly pixels: readonly number[];
  readonly brightness: number;
  readonly contrast: number;
  readonly sharpness: number;
  readonly noise: number;
  readonly saturation?: number;
}

const images = golden<readonly GoldenImage[]>('images');

function setOf({ pixels, ...shape }: GoldenImage): ImageSet {
  return {
    shape,
    count: 1,
    copy: (_, target, offset) => target.set(pixels, offset),
    label: () => -1,
  };
}

test('brightness, contrast, saturation, sharpness and noise equal those of NumPy and SciPy', async () => {
  for (const image of images) {
    const found = await imageStatistics(setOf(image));
    for (const name of ['brightness', 'contrast', 'sharpness', 'noise'] as const)
      assertNear(found[name]![0]!, image[name], 1e-10, name);
    if (image.channels === 1) assert.equal(found.saturation, undefined);
    else assertNear(found.saturation![0]!, image.saturation!, 1e-10, 'saturation');
  }
});

test('the Kolmogorov-Smirnov statistic and its asymptotic p-value equal those of SciPy', () => {
  const { samples, tails } = golden<{
    readonly samples: ReadonlyArray<{
      readonly one: readonly number[];
      readonly other: readonly number[];
      readonly statistic: number;
      readonly pValue: number;
    }>;
    readonly tails: ReadonlyArray<readonly [number, number]>;
  }>('kolmogorov-smirnov');
  for (const { one, other, statistic, pValue } of samples) {
    const found = kolmogorovSmirnov(Float64Array.from(one), Float64Array.from(other));
    assertNear(found.statistic, statistic, 1e-12, 'statistic');
    assertNear(found.pValue, pValue, 1e-9, 'p');
  }
  for (const [x, share] of tails) assertNear(kolmogorovSurvival(x), share, 1e-12, `beyond ${x}`);
  assert.throws(() => kolmogorovSmirnov(new Float64Array(), new Float64Array(1)), RangeError);
});

test('histograms include all values, also those beyond the range', () => {
  assertAllNear(histogram(Float64Array.of(0, 1, 2, 4), 0, 4, 4), [0.25, 0.25, 0.25, 0.25], 1e-12, 'share');
  assert.deepEqual(histogram(Float64Array.of(3, 3), 3, 3, 2), [1, 0]);
  const [brightness] = statisticGaps(
    { brightness: Float64Array.of(1, 3) },
    { brightness: Float64Array.of(5, 5) },
  );
  assert.deepEqual(brightness!.training, { mean: 2, deviation: 1 });
  assert.deepEqual(brightness!.real, { mean: 5, deviation: 0 });
  assert.equal(brightness!.statistic, 1);
  assert.deepEqual([brightness!.histogram.from, brightness!.histogram.to], [1, 5]);
});

test('class balance compares the labels with the mean predictions', () => {
  const found = classBalance([3, 1], Float32Array.of(0.5, 0.5, 0.25, 0.75));
  assertAllNear(found.labelled, [0.75, 0.25], 1e-12, 'labelled');
  assertAllNear(found.expected, [0.375, 0.625], 1e-12, 'expected');
  assert.deepEqual(found.predicted, [0.5, 0.5]);
  assertNear(found.totalVariation, 0.375, 1e-12, 'total variation');
});
