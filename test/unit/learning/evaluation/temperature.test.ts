import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { measureCalibration } from '../../../../learning/evaluation/calibration.js';
import { predictedClasses } from '../../../../learning/evaluation/predicted-classes.js';
import {
  applyTemperature,
  fitTemperature,
  MAX_TEMPERATURE,
  MIN_IMAGES,
  MIN_TEMPERATURE,
} from '../../../../learning/evaluation/temperature.js';

interface Case {
  readonly name: string;
  readonly classes: number;
  readonly probabilities: readonly number[];
  readonly labels: readonly number[];
  readonly scipy: number;
  readonly torch: number;
  readonly lossBefore: number;
  readonly lossAfter: number;
  readonly before: { readonly error: number; readonly images: readonly number[] };
  readonly after: { readonly error: number; readonly images: readonly number[] };
  readonly firstTempered: readonly number[];
}

const FILE = fileURLToPath(
  new URL('../../../../../test/golden/robustness/calibration.json', import.meta.url),
);
const { cases } = JSON.parse(readFileSync(FILE, 'utf8')) as { readonly cases: readonly Case[] };

function near(received: number, expected: number, tolerance: number, what: string): void {
  assert.ok(
    Math.abs(received - expected) <= tolerance,
    `${what}: received ${received}, expected ${expected}`,
  );
}

for (const golden of cases) {
  const { name, classes, firstTempered } = golden;
  const probabilities = Float32Array.from(golden.probabilities);
  const labels = Int32Array.from(golden.labels);

  test(`${name}: the temperature equals that of SciPy and PyTorch’s LBFGS`, () => {
    const temperature = fitTemperature(probabilities, labels, classes);
    near(temperature / golden.scipy, 1, 1e-6, 'SciPy');
    near(temperature / golden.torch, 1, 1e-5, 'PyTorch');
  });

  test(`${name}: losses, errors, bins and scaled probabilities equal those of NumPy and SciPy`, () => {
    const { before, after, temperature } = measureCalibration(probabilities, labels, classes);
    near(before.loss, golden.lossBefore, 1e-5, 'loss before');
    near(after.loss, golden.lossAfter, 1e-5, 'loss after');
    near(before.calibrationError, golden.before.error, 1e-6, 'error before');
    near(after.calibrationError, golden.after.error, 1e-6, 'error after');
    const imagesOf = (bins: typeof before.bins) => bins.map(({ images }) => images);
    assert.deepEqual(imagesOf(before.bins), golden.before.images);
    assert.deepEqual(imagesOf(after.bins), golden.after.images);
    const made = applyTemperature(probabilities, temperature, classes);
    for (const [index, expected] of firstTempered.entries())
      near(made[index]!, expected, 1e-6, `value ${index}`);
  });
}

/** Rows of two classes; the values are the probabilities of the first. */
const pairs = (firsts: readonly number[]) => Float32Array.from(firsts.flatMap((first) => [first, 1 - first]));
const repeated = (count: number, value: number) => new Array<number>(count).fill(value);

test('no temperature is fitted without errors or with too few images', () => {
  assert.equal(fitTemperature(pairs(repeated(100, 0.7)), new Int32Array(100), 2), 1);
  const few = MIN_IMAGES - 1;
  assert.equal(fitTemperature(pairs(repeated(few, 0.7)), Int32Array.from(repeated(few, 1)), 2), 1);
  assert.equal(fitTemperature(new Float32Array(), new Int32Array(), 2), 1);
});

test('fitted temperatures stay within their bounds', () => {
  const labels = Int32Array.from({ length: 100 }, (_, image) => (image < 60 ? 1 : 0));
  // More errors than hits: the optimum is no confidence at all.
  assert.equal(fitTemperature(pairs(repeated(100, 0.9)), labels, 2), MAX_TEMPERATURE);
  const hardlySure = pairs(repeated(1000, 0.5001));
  assert.equal(
    fitTemperature(
      hardlySure,
      Int32Array.from({ length: 1000 }, (_, image) => (image < 1 ? 1 : 0)),
      2,
    ),
    MIN_TEMPERATURE,
  );
});

test('probabilities rounded to 0 break neither the fit nor the scaling', () => {
  const probabilities = pairs(repeated(100, 1));
  const labels = Int32Array.from({ length: 100 }, (_, image) => (image < 10 ? 1 : 0));
  const temperature = fitTemperature(probabilities, labels, 2);
  assert.equal(temperature, MAX_TEMPERATURE);
  const made = applyTemperature(probabilities, temperature, 2);
  assert.ok(made.every((value) => value >= 0 && value <= 1));
});

test('scaling keeps each row a distribution in the same order', () => {
  const row = fc.array(fc.float({ min: 0, max: 1, noNaN: true }), { minLength: 2, maxLength: 6 });
  fc.assert(
    fc.property(
      row,
      fc.double({ min: MIN_TEMPERATURE, max: MAX_TEMPERATURE, noNaN: true }),
      (values, temperature) => {
        const sum = values.reduce((total, value) => total + value, 0);
        fc.pre(sum > 0);
        const probabilities = Float32Array.from(values, (value) => value / sum);
        const made = applyTemperature(probabilities, temperature, values.length);
        assert.ok(Math.abs(made.reduce((total, value) => total + value, 0) - 1) < 1e-5);
        for (let a = 0; a < values.length; a++) {
          for (let b = 0; b < values.length; b++) {
            if (probabilities[a]! > probabilities[b]!) assert.ok(made[a]! >= made[b]!);
          }
        }
      },
    ),
    { numRuns: 200 },
  );
});

test('temperature 1 returns the same probabilities', () => {
  const probabilities = pairs([0.2, 0.9]);
  assert.equal(applyTemperature(probabilities, 1, 2), probabilities);
  assert.deepEqual(
    predictedClasses(applyTemperature(probabilities, 3, 2), 2),
    predictedClasses(probabilities, 2),
  );
});

test('wrong lengths and temperatures are refused', () => {
  assert.throws(
    () => fitTemperature(pairs([0.5]), new Int32Array(2), 2),
    /received 2 values for 2 labels, expected 2/,
  );
  assert.throws(
    () => applyTemperature(pairs([0.5]), 0, 2),
    /temperature: received 0, expected a number above 0/,
  );
  assert.throws(() => applyTemperature(pairs([0.5]), Number.NaN, 2), RangeError);
  assert.throws(() => applyTemperature(new Float32Array(3), 2, 2), /expected a multiple of 2/);
  assert.throws(() => measureCalibration(new Float32Array(), new Int32Array(), 2), RangeError);
});
