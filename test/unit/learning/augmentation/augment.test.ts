import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { augmentationConfig } from '../../../../domain/config/training.js';
import { keyedRandom } from '../../../../domain/random.js';
import type { ImageShape } from '../../../../domain/records.js';
import {
  type AugmentationPlan,
  applyAugmentation,
  planAugmentation,
} from '../../../../learning/augmentation/augment.js';

const SHAPE: ImageShape = { height: 2, width: 3, channels: 1 };
const PICTURE = Uint8Array.of(1, 2, 3, 4, 5, 6);
const NOTHING: AugmentationPlan = {
  flip: false,
  crop: { top: 0, left: 0, height: 2, width: 3 },
  shift: { down: 0, right: 0 },
  erase: { top: 0, left: 0, bottom: 0, right: 0 },
};

function apply(change: Partial<AugmentationPlan>, picture = PICTURE, shape = SHAPE): number[] {
  const target = new Uint8Array(picture.length);
  applyAugmentation({ ...NOTHING, ...change }, shape, picture, target, 0);
  return [...target];
}

test('flip mirrors left and right; twice is nothing', () => {
  assert.deepEqual(apply({ flip: true }), [3, 2, 1, 6, 5, 4]);
  assert.deepEqual(apply({ flip: true }, Uint8Array.from(apply({ flip: true }))), [...PICTURE]);
});

test('shift moves by whole pixels and repeats the border', () => {
  assert.deepEqual(apply({ shift: { down: 1, right: 0 } }), [1, 2, 3, 1, 2, 3]);
  assert.deepEqual(apply({ shift: { down: 0, right: -1 } }), [2, 3, 3, 5, 6, 6]);
});

test('a crop is scaled back by bilinear interpolation', () => {
  assert.deepEqual(apply({ crop: { top: 0, left: 0, height: 2, width: 1.5 } }), [1, 1, 2, 4, 4, 5]);
  const flat = new Uint8Array(6).fill(77);
  assert.deepEqual(apply({ crop: { top: 0.3, left: 0.2, height: 1.1, width: 2 } }, flat), [...flat]);
});

test('erase paints a box gray after the moves', () => {
  const erase = { top: 0, left: 1, bottom: 1, right: 3 };
  assert.deepEqual(apply({ erase, flip: true }), [3, 128, 128, 6, 5, 4]);
});

test('colour pixels stay together', () => {
  const colour: ImageShape = { height: 1, width: 2, channels: 3 };
  const crop = { top: 0, left: 0, height: 1, width: 2 };
  assert.deepEqual(apply({ crop, flip: true }, Uint8Array.of(1, 2, 3, 4, 5, 6), colour), [4, 5, 6, 1, 2, 3]);
});

test('plans keep to the configuration, and the same key draws the same plan', () => {
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  const shapes = fc.record({
    height: fc.integer({ min: 1, max: 40 }),
    width: fc.integer({ min: 1, max: 40 }),
  });
  fc.assert(
    fc.property(share, share, share, shapes, fc.nat(), (shift, crop, erase, size, seed) => {
      const shape: ImageShape = { ...size, channels: 1 };
      const config = augmentationConfig.parse({ shift, crop, erase });
      const plan = planAugmentation(config, shape, keyedRandom(seed));
      assert.deepEqual(plan, planAugmentation(config, shape, keyedRandom(seed)));
      assert.ok(Math.abs(plan.shift.down) <= Math.round(shift * shape.height));
      assert.ok(Math.abs(plan.shift.right) <= Math.round(shift * shape.width));
      assert.ok(plan.crop.top >= 0 && plan.crop.top + plan.crop.height <= shape.height + 1e-9);
      assert.ok(plan.erase.top >= 0 && plan.erase.bottom <= shape.height);
      assert.ok(plan.erase.bottom - plan.erase.top <= Math.ceil(erase * shape.height) + 1);

      const picture = new Uint8Array(shape.height * shape.width).fill(200);
      const target = new Uint8Array(picture.length + 2).fill(7);
      applyAugmentation(plan, shape, picture, target, 1);
      assert.equal(target[0], 7);
      assert.equal(target.at(-1), 7, 'nothing is written outside the image');
      assert.ok(target.subarray(1, -1).every((value) => value === 200 || value === 128));
    }),
  );
});
