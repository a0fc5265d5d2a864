import assert from 'node:assert/strict';
import { test } from 'node:test';
import sharp from 'sharp';
import { diagramSvg } from '../../../../cli/calibration/diagram.js';
import { measureCalibration } from '../../../../learning/evaluation/calibration.js';

/** Nine of ten right at a confidence of 0.99, and some that are hardly sure. */
function calibration() {
  const firsts = Array.from({ length: 100 }, (_, image) => (image < 90 ? 0.99 : 0.55));
  const labels = Int32Array.from(firsts, (_, image) => (image % 10 === 0 ? 1 : 0));
  return measureCalibration(Float32Array.from(firsts.flatMap((first) => [first, 1 - first])), labels, 2);
}

test('a reliability diagram renders and escapes the name of the model', async () => {
  const measured = calibration();
  assert.ok(measured.temperature > 1);
  assert.ok(measured.after.calibrationError < measured.before.calibrationError);
  const { svg, width, height } = diagramSvg('clothes & <shoes>@2', measured);
  assert.match(svg, /clothes &amp; &lt;shoes&gt;@2/);
  assert.match(svg, /100 validation images, accuracy 90\.00%/);
  const read = await sharp(Buffer.from(svg)).metadata();
  assert.deepEqual([read.width, read.height], [width, height]);
});
