import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { keyedRandom } from '../../../../domain/random.js';
import { centreCrop, crop, pad } from '../../../../learning/augmentation/geometry/crop.js';
import { flipHorizontal, flipVertical } from '../../../../learning/augmentation/geometry/flip.js';
import { PAD_MODES } from '../../../../learning/augmentation/geometry/pad-mode.js';
import { rotate90, rotate180, rotate270 } from '../../../../learning/augmentation/geometry/quarter-turn.js';
import { planRandomCrop, planResizedCrop } from '../../../../learning/augmentation/geometry/random-crop.js';
import { RESIZE_FILTERS, resize } from '../../../../learning/augmentation/geometry/resize.js';
import { rotate } from '../../../../learning/augmentation/geometry/rotate.js';
import { shearX, shearY } from '../../../../learning/augmentation/geometry/shear.js';
import { translate } from '../../../../learning/augmentation/geometry/translate.js';
import { picture } from '../../../../learning/augmentation/picture.js';
import { areaOf, erase } from '../../../../learning/augmentation/regions/box.js';
import { cutMix, mixLabels, planCutMix } from '../../../../learning/augmentation/regions/cutmix.js';
import { planCutout, planErasing } from '../../../../learning/augmentation/regions/cutout.js';
import { addBrightness, brightness } from '../../../../learning/augmentation/values/brightness.js';
import { contrast } from '../../../../learning/augmentation/values/contrast.js';
import { invert } from '../../../../learning/augmentation/values/invert.js';
import { sharpness } from '../../../../learning/augmentation/values/sharpness.js';
import { pictures } from './pictures.js';

const factors = fc.double({ min: -3, max: 6, noNaN: true });

test('flips, inversion and quarter turns can be undone', () => {
  fc.assert(
    fc.property(pictures(), (source) => {
      assert.deepEqual(flipHorizontal(flipHorizontal(source)), source);
      assert.deepEqual(flipVertical(flipVertical(source)), source);
      assert.deepEqual(invert(invert(source)), source);
      assert.deepEqual(rotate90(rotate90(rotate90(rotate90(source)))), source);
      assert.deepEqual(rotate270(rotate90(source)), source);
      assert.deepEqual(rotate180(source), flipVertical(flipHorizontal(source)));
    }),
  );
});

test('neutral parameters return the same pixels', () => {
  fc.assert(
    fc.property(pictures(), fc.constantFrom(...RESIZE_FILTERS), (source, filter) => {
      assert.deepEqual(rotate(source, 720), source);
      assert.deepEqual(shearX(source, 0), source);
      assert.deepEqual(shearY(source, 0, { interpolation: 'bicubic' }), source);
      assert.deepEqual(translate(source, 0, 0), source);
      assert.deepEqual(brightness(source, 1), source);
      assert.deepEqual(contrast(source, 1), source);
      assert.deepEqual(sharpness(source, 1), source);
      assert.deepEqual(resize(source, source.width, source.height, filter), source);
      assert.deepEqual(centreCrop(source, source.width, source.height), source);
    }),
  );
});

test('a padded picture contains the picture, and every mode but constant keeps a single colour', () => {
  const sides = fc.integer({ min: 0, max: 30 });
  fc.assert(
    fc.property(pictures(), sides, sides, fc.constantFrom(...PAD_MODES), (source, left, top, mode) => {
      const padded = pad(source, { left, top, right: 3, bottom: 1 }, { mode, fill: 7 });
      assert.deepEqual(crop(padded, { ...source, left, top }), source);
      const flat = picture(
        source.width,
        source.height,
        1,
        new Uint8Array(source.width * source.height).fill(7),
      );
      const around = pad(flat, { left, top, right: 3, bottom: 1 }, { mode, fill: 7 });
      assert.ok(around.data.every((level) => level === 7));
    }),
  );
});

test('a warped picture of one colour keeps it if the fill is the same', () => {
  const angles = fc.double({ min: -400, max: 400, noNaN: true });
  fc.assert(
    fc.property(
      angles,
      factors,
      fc.constantFrom('nearest', 'bilinear', 'bicubic'),
      (angle, slope, interpolation) => {
        const flat = picture(7, 5, 3, new Uint8Array(105).fill(140));
        const sampling = { interpolation, fill: 140 } as const;
        assert.deepEqual(rotate(flat, angle, sampling), flat);
        assert.deepEqual(shearX(flat, slope, sampling), flat);
        assert.ok(resize(flat, 11, 3, 'lanczos').data.every((level) => level === 140));
      },
    ),
  );
});

test('brightness saturates and never wraps', () => {
  fc.assert(
    fc.property(pictures(), fc.integer({ min: -255, max: 255 }), (source, amount) => {
      const expected = source.data.map((level) => Math.min(255, Math.max(0, level + amount)));
      assert.deepEqual(addBrightness(source, amount).data, expected);
    }),
  );
});

test('random crops are inside the padded picture, resized crops and erased boxes inside the picture', () => {
  const side = fc.integer({ min: 1, max: 50 });
  fc.assert(
    fc.property(side, side, fc.integer({ min: 0, max: 9 }), fc.nat(), (width, height, padding, seed) => {
      const size = { width, height };
      const random = keyedRandom(seed);
      const window = planRandomCrop(size, size, padding, random);
      assert.ok(Math.abs(window.left) <= padding && Math.abs(window.top) <= padding);
      const resized = planResizedCrop(size, {}, random);
      assert.ok(resized.width >= 1 && resized.left >= 0 && resized.left + resized.width <= width);
      assert.ok(resized.height >= 1 && resized.top >= 0 && resized.top + resized.height <= height);
      for (const box of [planErasing(size, {}, random), planCutout(size, padding, random)]) {
        assert.ok(box.left >= 0 && box.top >= 0 && box.right <= width && box.bottom <= height);
        assert.ok(box.right >= box.left && box.bottom >= box.top);
      }
    }),
  );
});

test('CutMix replaces exactly the box, and its labels add up to 1', () => {
  fc.assert(
    fc.property(pictures(), fc.nat(), (source, seed) => {
      const partner = invert(source);
      const { box, share } = planCutMix(source, 1, keyedRandom(seed));
      const mixed = cutMix(source, partner, box);
      const changed = mixed.data.filter((level, index) => level !== source.data[index]).length;
      assert.equal(changed, areaOf(box) * source.channels);
      assert.ok(Math.abs(share - (1 - areaOf(box) / (source.width * source.height))) < 1e-12);
      const labels = mixLabels(Float32Array.of(1, 0), Float32Array.of(0, 1), share);
      assert.ok(Math.abs(labels[0]! + labels[1]! - 1) < 1e-6 && Math.abs(labels[0]! - share) < 1e-6);
    }),
  );
});

test('erasing paints the box and nothing else', () => {
  const source = picture(3, 2, 3);
  const made = erase(source, { left: 1, top: 0, right: 3, bottom: 1 }, [1, 2, 3]);
  assert.deepEqual([...made.data], [0, 0, 0, 1, 2, 3, 1, 2, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
});
