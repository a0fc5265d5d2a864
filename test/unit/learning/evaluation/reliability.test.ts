import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  CALIBRATION_BINS,
  expectedCalibrationError,
  reliabilityBins,
} from '../../../../learning/evaluation/reliability.js';

test('every image is in one bin; bins include their upper edge', () => {
  const confidences = Float32Array.of(0, 0.05, 0.5, 1, 1.0000001);
  const bins = reliabilityBins(confidences, [true, false, true, true, false]);
  assert.equal(bins.length, CALIBRATION_BINS);
  const filled = bins.flatMap(({ images }, index) => (images > 0 ? [[index, images]] : []));
  assert.deepEqual(filled, [
    [0, 2],
    [7, 1],
    [14, 2],
  ]);
  assert.equal(bins[0]!.accuracy, 0.5);
  assert.equal(bins[14]!.to, 1);
});

test('the calibration error without images is 0', () => {
  assert.equal(expectedCalibrationError(reliabilityBins(new Float32Array(), [])), 0);
});
