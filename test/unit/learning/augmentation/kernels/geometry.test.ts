import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { affineNearestInto } from '../../../../../learning/augmentation/geometry/affine-nearest.js';
import { crop, cropInto } from '../../../../../learning/augmentation/geometry/crop.js';
import { PAD_MODES, type PadMode } from '../../../../../learning/augmentation/geometry/pad-mode.js';
import {
  RESIZE_FILTERS,
  resize,
  resizedWindow,
} from '../../../../../learning/augmentation/geometry/resize.js';
import type { Picture } from '../../../../../learning/augmentation/picture.js';
import { eraseInPlace } from '../../../../../learning/augmentation/regions/box.js';
import { anyPicture, drawn, guarded, levelAt } from './guarded.js';

const fill = Uint8Array.of(7, 70, 200);

/** Walks from the border inwards and back, one step at a time. */
function walked(position: number, length: number, mode: PadMode): number {
  if (mode === 'edge') return Math.max(0, Math.min(length - 1, position));
  let at = position;
  while (at < 0 || at >= length) {
    if (mode === 'reflect' && length === 1) return 0;
    const repeated = mode === 'symmetric' ? 1 : 0;
    at = at < 0 ? -at - repeated : 2 * (length - 1) - at + repeated;
  }
  return at;
}

test('crops beyond any side match the reference in all modes, mirrored or not', () => {
  const side = fc.integer({ min: 1, max: 60 });
  const start = fc.integer({ min: -70, max: 70 });
  fc.assert(
    fc.property(
      anyPicture(40, 8),
      fc.tuple(side, side, start, start),
      fc.constantFrom(...PAD_MODES),
      fc.boolean(),
      (source, [width, height, left, top], mode, flip) => {
        const expected = drawn({ width, height, channels: source.channels }, (column, row, channel) => {
          const x = left + (flip ? width - 1 - column : column);
          const y = top + row;
          if (mode !== 'constant') {
            return levelAt(source, walked(x, source.width, mode), walked(y, source.height, mode), channel);
          }
          const inside = x >= 0 && y >= 0 && x < source.width && y < source.height;
          return inside ? levelAt(source, x, y, channel) : fill[channel]!;
        });
        const work = (from: Picture, to: Picture) => cropInto(from, to, left, top, mode, fill, flip);
        assert.deepEqual(guarded(source, work, { width, height }), expected);
      },
    ),
  );
});

test('affine maps match the reference for each pixel, in 16.16 fixed point', () => {
  const number = fc.double({ min: -3, max: 3, noNaN: true });
  const shift = fc.double({ min: -60, max: 60, noNaN: true });
  // Shears of whole slopes and shifts of whole pixels have ways of their own.
  const slope = fc.oneof(number, fc.constantFrom(1, -1, 0.5));
  const fixed = (value: number) => Math.floor(value * 65536 + 0.5);
  const side = fc.integer({ min: 1, max: 50 });
  fc.assert(
    fc.property(
      anyPicture(60, 20),
      fc.tuple(fc.oneof(number, fc.constant(1)), slope, shift, slope, number, shift),
      fc.tuple(side, side),
      (source, [a, b, c, d, e, f], [width, height]) => {
        fc.pre(b !== 0 || d !== 0);
        const startX = fixed(c + a * 0.5 + b * 0.5);
        const startY = fixed(f + d * 0.5 + e * 0.5);
        const expected = drawn({ width, height, channels: source.channels }, (column, row, channel) => {
          const x = Math.floor((startX + row * fixed(b) + column * fixed(a)) / 65536);
          const y = Math.floor((startY + row * fixed(e) + column * fixed(d)) / 65536);
          const inside = x >= 0 && y >= 0 && x < source.width && y < source.height;
          return inside ? levelAt(source, x, y, channel) : fill[channel]!;
        });
        const work = (from: Picture, to: Picture) => affineNearestInto(from, to, [a, b, c, d, e, f], fill);
        assert.deepEqual(guarded(source, work, { width, height }), expected);
      },
    ),
    { numRuns: 300 },
  );
});

test('a box of any colour is painted up to its last pixel', () => {
  fc.assert(
    fc.property(anyPicture(), fc.nat(), fc.nat(), fc.boolean(), (source, x, y, gray) => {
      const colour = gray ? Uint8Array.of(9, 9, 9) : fill;
      const box = {
        left: x % source.width,
        top: y % source.height,
        right: source.width,
        bottom: source.height,
      };
      const expected = drawn(source, (column, row, channel) =>
        column >= box.left && row >= box.top ? colour[channel]! : levelAt(source, column, row, channel),
      );
      const work = (from: Picture, to: Picture) => {
        to.data.set(from.data);
        eraseInPlace(to, box, colour);
      };
      assert.deepEqual(guarded(source, work), expected);
    }),
  );
});

test('a window of a scaled picture equals a crop of the whole, with every filter', () => {
  const side = fc.integer({ min: 1, max: 40 });
  fc.assert(
    fc.property(
      anyPicture(40, 30),
      fc.tuple(side, side, fc.nat(), fc.nat(), fc.nat(), fc.nat()),
      fc.constantFrom(...RESIZE_FILTERS),
      (source, [width, height, x, y, right, down], filter) => {
        const left = x % width;
        const top = y % height;
        const window = {
          left,
          top,
          width: 1 + (right % (width - left)),
          height: 1 + (down % (height - top)),
        };
        const made = resizedWindow(source, { width, height }, window, filter);
        assert.deepEqual(made, crop(resize(source, width, height, filter), window));
      },
    ),
    { numRuns: 300 },
  );
});
