import assert from 'node:assert/strict';
import { test } from 'node:test';
import { evaluate } from '../../../../learning/evaluation/evaluate.js';
import { expectedCalibrationError, reliabilityBins } from '../../../../learning/evaluation/reliability.js';

const PROBABILITIES = Float32Array.of(
  0.7,
  0.2,
  0.1,
  0.1,
  0.8,
  0.1,
  0.3,
  0.4,
  0.3,
  0.2,
  0.2,
  0.6,
  0.9,
  0.05,
  0.05,
);
const LABELS = Int32Array.of(0, 1, 0, 2, 1);

test('accuracy, recall, precision and confusion equal those counted by hand', () => {
  const measured = evaluate(PROBABILITIES, LABELS, 3);
  assert.equal(measured.accuracy, 3 / 5);
  assert.deepEqual(measured.confusion, [
    [1, 1, 0],
    [1, 1, 0],
    [0, 0, 1],
  ]);
  assert.deepEqual(measured.perClass, [
    { precision: 1 / 2, recall: 1 / 2, images: 2 },
    { precision: 1 / 2, recall: 1 / 2, images: 2 },
    { precision: 1, recall: 1, images: 1 },
  ]);
  assert.ok(Math.abs(measured.balancedAccuracy - 2 / 3) < 1e-12);
  const expectedLoss = -[0.7, 0.8, 0.3, 0.6, 0.05].reduce((sum, p) => sum + Math.log(p), 0) / 5;
  assert.ok(Math.abs(measured.loss - expectedLoss) < 1e-6);
});

test('balanced accuracy ignores classes without images', () => {
  const measured = evaluate(Float32Array.of(0.9, 0.1, 0, 0.2, 0.8, 0), Int32Array.of(0, 1), 3);
  assert.equal(measured.balancedAccuracy, 1);
});

test('calibration error is the weighted gap of confidence and accuracy by bin', () => {
  // Two bins: (0.6 to 0.667] with two images, one right; (0.933 to 1] with two, both right.
  const error = expectedCalibrationError(
    reliabilityBins(Float32Array.of(0.65, 0.65, 0.95, 0.95), [true, false, true, true]),
  );
  assert.ok(Math.abs(error - (0.5 * 0.15 + 0.5 * 0.05)) < 1e-6);
  assert.equal(expectedCalibrationError(reliabilityBins(Float32Array.of(1, 1), [true, true])), 0);
});

test('predictions that do not fit the labels are refused with both numbers', () => {
  assert.throws(
    () => evaluate(PROBABILITIES, LABELS.subarray(0, 4), 3),
    /received 15 values for 4 labels, expected 3/,
  );
  assert.throws(() => evaluate(new Float32Array(), new Int32Array(), 3), RangeError);
});
