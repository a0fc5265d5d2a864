import assert from 'node:assert/strict';
import { test } from 'node:test';
import { drawPositions } from '../../../../learning/corruptions/draw-positions.js';
import { measureRobustness } from '../../../../learning/evaluation/robustness.js';
import type { OpenClassifier } from '../../../../learning/models/predict.js';

const SIDE = 6;
const PIXELS = SIDE * SIDE;
/** Dark images have class 0, light ones class 1. */
const LEVELS = [40, 200, 60, 180, 100, 140];

const images = {
  shape: { height: SIDE, width: SIDE, channels: 1 as const },
  count: LEVELS.length,
  copy: (position: number, target: Uint8Array, offset: number) =>
    target.fill(LEVELS[position]!, offset, offset + PIXELS),
  label: (position: number) => position % 2,
};

/** Predicts the brightness of an image. */
const model: OpenClassifier = {
  classes: 2,
  async classify(pixels, size) {
    const probabilities = new Float32Array(2 * size);
    for (let image = 0; image < size; image++) {
      const own = pixels.subarray(image * PIXELS, (image + 1) * PIXELS);
      const light = own.reduce((sum, value) => sum + value, 0) / PIXELS / 255;
      probabilities.set([1 - light, light], 2 * image);
    }
    return probabilities;
  },
  dispose() {},
};

const all = drawPositions(images, undefined, 0);

test('robustness is the accuracy on corrupted images', async () => {
  const clean = await measureRobustness({ model, temperature: 1, images, positions: all });
  assert.equal(clean.accuracy, 1);
  // Severity 5 adds 0.3 of the range: 60 becomes 136 and 100 becomes 176, which are light.
  const plan = { corruption: 'brightness', severity: 5, seed: 0 } as const;
  const seen: number[] = [];
  const bright = await measureRobustness({
    model,
    temperature: 1,
    images,
    positions: all,
    plan,
    onProgress: (done) => seen.push(done),
  });
  assert.equal(bright.accuracy, 4 / 6);
  assert.equal(seen.at(-1), 6);
});

test('a temperature changes confidences but not predictions', async () => {
  const request = { model, images, positions: all };
  const cold = await measureRobustness({ ...request, temperature: 0.1 });
  const warm = await measureRobustness({ ...request, temperature: 10 });
  assert.equal(cold.accuracy, warm.accuracy);
  assert.ok(cold.calibrationError < warm.calibrationError);
});

test('a sample of the images is deterministic and in ascending order', () => {
  const some = drawPositions({ count: 1000 }, 100, 7);
  assert.deepEqual(some, drawPositions({ count: 1000 }, 100, 7));
  assert.notDeepEqual(some, drawPositions({ count: 1000 }, 100, 8));
  assert.equal(new Set(some).size, 100);
  assert.ok(some.every((position, index) => index === 0 || position > some[index - 1]!));
  assert.deepEqual([...drawPositions({ count: 3 }, 5, 7)], [0, 1, 2]);
});

test('measuring stops on abort and refuses an empty set', async () => {
  const signal = AbortSignal.abort(new Error('enough'));
  await assert.rejects(
    measureRobustness({ model, temperature: 1, images, positions: all, signal }),
    /enough/,
  );
  await assert.rejects(
    measureRobustness({ model, temperature: 1, images, positions: [] }),
    /images: received none/,
  );
});
