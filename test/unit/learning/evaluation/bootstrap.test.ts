import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keyedRandom } from '../../../../domain/random.js';
import { bootstrapInterval } from '../../../../learning/evaluation/bootstrap.js';

const intervalOf = (losses: number, ties: number, gains: number, resamples = 2000) =>
  bootstrapInterval({ losses, ties, gains }, { resamples, confidence: 0.9, seed: 1 });

function assertNear(received: readonly number[], expected: readonly number[], tolerance: number): void {
  received.forEach((value, at) => {
    assert.ok(Math.abs(value - expected[at]!) <= tolerance, `received ${received}, expected ${expected}`);
  });
}

/** Ends of the interval in 1,000,000 resamples by numpy.random.Generator.multinomial (NumPy 2). */
const EXPECTED = [
  [
    [20, 950, 30],
    [-0.002, 0.022],
  ],
  [
    [300, 9000, 700],
    [0.0348, 0.0452],
  ],
  [
    [16_000, 67_900, 16_100],
    [-0.00195, 0.00394],
  ],
  [
    [0, 90, 10],
    [0.05, 0.15],
  ],
  [
    [100, 0, 100],
    [-0.12, 0.12],
  ],
] as const;

for (const [counts, ends] of EXPECTED) {
  test(`${counts.join(', ')} losses, ties and gains have NumPy's interval`, () => {
    const [losses, ties, gains] = counts;
    const images = losses + ties + gains;
    const deviation = Math.sqrt(losses + gains) / images;
    // Half a step of the mean, and the noise of so many resamples.
    assertNear(intervalOf(losses, ties, gains, 100_000), ends, 0.5 / images + 0.02 * deviation);
    assertNear(intervalOf(losses, ties, gains), ends, 1 / images + 0.12 * deviation);
  });
}

test('the interval is that of drawing image after image', () => {
  const differences = Array.from({ length: 200 }, (_, image) => (image < 15 ? -1 : image < 45 ? 1 : 0));
  const random = keyedRandom(7);
  const means = Array.from({ length: 20_000 }, () => {
    let sum = 0;
    for (const _ of differences) sum += differences[random.integer(differences.length)]!;
    return sum / differences.length;
  }).sort((a, b) => a - b);
  assertNear(intervalOf(15, 155, 30, 20_000), [means[1000]!, means[18_999]!], 1.5 / differences.length);
});

test('models that differ nowhere, or everywhere alike, have an interval of width 0', () => {
  assert.deepEqual(intervalOf(0, 50, 0), [0, 0]);
  assert.deepEqual(intervalOf(0, 0, 50), [1, 1]);
  assert.deepEqual(intervalOf(50, 0, 0), [-1, -1]);
});

test('the same seed gives the same interval', () => {
  assert.deepEqual(intervalOf(300, 9000, 400), intervalOf(300, 9000, 400));
});
