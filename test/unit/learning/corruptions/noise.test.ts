import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keyedRandom } from '../../../../domain/random.js';
import { picture } from '../../../../learning/augmentation/picture.js';
import { gaussianNoise, impulseNoise, shotNoise } from '../../../../learning/corruptions/noise.js';
import { poissonDistribution } from '../../../../learning/corruptions/poisson.js';
import { quantileOf } from '../../../../learning/quantile-of.js';
import { golden } from './golden.js';

const SIDE = 128;
const VALUES = SIDE * SIDE;
const NOISE = { 'gaussian-noise': gaussianNoise, 'shot-noise': shotNoise } as const;

function gray(level: number) {
  return picture(SIDE, SIDE, 1, new Uint8Array(VALUES).fill(level));
}

/** Largest distance of a sample's distribution from the expected one: Kolmogorov's statistic. */
function distance(bytes: Uint8Array, below: readonly number[]): number {
  const counts = new Array<number>(256).fill(0);
  for (const byte of bytes) counts[byte]!++;
  let sum = 0;
  return counts.reduce((most, count, level) => {
    sum += count / bytes.length;
    return Math.max(most, Math.abs(sum - below[level]!));
  }, 0);
}

test('noise has the levels that SciPy’s distributions have', () => {
  for (const { corruption, level, strength, below } of golden.noise) {
    const made = NOISE[corruption](gray(level), strength, keyedRandom(1, corruption, level));
    // One sample in a thousand is further away.
    const limit = 1.95 / Math.sqrt(VALUES);
    const found = distance(made.data, below);
    assert.ok(found < limit, `${corruption} of ${strength} at ${level}: ${found}, expected below ${limit}`);
  }
});

test('quantiles of Poisson’s distribution are SciPy’s', () => {
  for (const { mean, quantiles } of golden.poisson) {
    const distribution = poissonDistribution(mean);
    const found = golden.shares.map((share) => quantileOf(distribution, share));
    assert.deepEqual(found, quantiles, `mean ${mean}`);
  }
});

test('impulse noise replaces its share of each channel, equally often by 0 and 255', () => {
  const source = picture(SIDE, SIDE, 3, new Uint8Array(3 * VALUES).fill(100));
  const made = impulseNoise(source, 0.1, keyedRandom(3));
  const counted = (level: number) => made.data.filter((value) => value === level).length;
  const deviation = Math.sqrt(3 * VALUES * 0.05 * 0.95);
  for (const level of [0, 255]) {
    assert.ok(Math.abs(counted(level) - 3 * VALUES * 0.05) < 4 * deviation, `${level}: ${counted(level)}`);
  }
  assert.equal(counted(0) + counted(255) + counted(100), made.data.length);
  // Each channel for itself: hardly any pixel is hit in all three.
  let whole = 0;
  for (let pixel = 0; pixel < made.data.length; pixel += 3) {
    if (made.data.subarray(pixel, pixel + 3).every((value) => value !== 100)) whole++;
  }
  assert.ok(whole < VALUES * 0.01, `${whole} pixels`);
});

test('shot noise leaves black unchanged', () => {
  assert.ok(shotNoise(gray(0), 3, keyedRandom(1)).data.every((value) => value === 0));
});
