import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Picture } from '../../../../../learning/augmentation/picture.js';
import { autocontrast } from '../../../../../learning/augmentation/values/autocontrast.js';
import { blendInto } from '../../../../../learning/augmentation/values/blend.js';
import { colorInto } from '../../../../../learning/augmentation/values/color.js';
import { posterizeInto } from '../../../../../learning/augmentation/values/posterize.js';
import { sharpnessInto } from '../../../../../learning/augmentation/values/sharpness.js';
import { solarizeInto } from '../../../../../learning/augmentation/values/solarize.js';
import {
  levelCounts,
  levelRanges,
  meanLuma,
} from '../../../../../learning/augmentation/values/statistics.js';
import { tableInto } from '../../../../../learning/augmentation/values/table.js';
import { anyPicture, drawn, guarded, inPlace, levelAt } from './guarded.js';

const anyFactor = fc.oneof(
  fc.double({ min: -4, max: 8, noNaN: true }),
  fc.constantFrom(0, 1, 1e6, -1e6, 1e300, -1e300),
);

/** Pillow's Image.blend in 32-bit floats, cut off. */
function blended(degenerate: number, level: number, factor: number): number {
  const value = Math.fround(degenerate + Math.fround(Math.fround(factor) * (level - degenerate)));
  return value <= 0 ? 0 : value >= 255 ? 255 : Math.trunc(value);
}

function luma(source: Picture, x: number, y: number): number {
  const [red, green, blue] = [0, 1, 2].map((channel) => levelAt(source, x, y, channel));
  return (red! * 19595 + green! * 38470 + blue! * 7471 + 0x8000) >> 16;
}

/** Both ways of calling an operation that may work in place. */
function same(source: Picture, work: (from: Picture, to: Picture) => void, expected: Uint8Array): void {
  assert.deepEqual(guarded(source, work), expected);
  assert.deepEqual(inPlace(source, work), expected);
}

test('operations on single levels (blend, solarize, posterize, tables) match the reference, also in place', () => {
  const byte = fc.integer({ min: 0, max: 255 });
  const table = fc.uint8Array({ minLength: 768, maxLength: 768 });
  fc.assert(
    fc.property(anyPicture(), anyFactor, byte, table, (source, factor, level, levels) => {
      const each = (change: (value: number, channel: number) => number) =>
        drawn(source, (x, y, channel) => change(levelAt(source, x, y, channel), channel));
      same(
        source,
        (from, to) => blendInto(from, to, level, factor),
        each((value) => blended(level, value, factor)),
      );
      for (const threshold of [level, level + 0.5, 0, 256]) {
        const expected = each((value) => (value < threshold ? value : 255 - value));
        same(source, (from, to) => solarizeInto(from, to, threshold), expected);
      }
      const bits = level & 7;
      same(
        source,
        (from, to) => posterizeInto(from, to, bits),
        each((value) => value & (256 - 2 ** (8 - bits))),
      );
      same(
        source,
        (from, to) => tableInto(from, to, levels.subarray(0, 256)),
        each((value) => levels[value]!),
      );
      const own = levels.subarray(0, source.channels * 256);
      same(
        source,
        (from, to) => tableInto(from, to, own),
        each((value, channel) => own[channel * 256 + value]!),
      );
    }),
  );
});

test('blending colours with their gray matches the reference', () => {
  fc.assert(
    fc.property(anyPicture(), anyFactor, (source, factor) => {
      const expected =
        source.channels === 1
          ? source.data
          : drawn(source, (x, y, channel) =>
              blended(luma(source, x, y), levelAt(source, x, y, channel), factor),
            );
      same(source, (from, to) => colorInto(from, to, factor), expected);
    }),
  );
});

test('sharpness matches the reference in floats and keeps the border', () => {
  fc.assert(
    fc.property(anyPicture(40, 6), anyFactor, (source, factor) => {
      const { width, height } = source;
      const expected = drawn(source, (x, y, channel) => {
        const level = levelAt(source, x, y, channel);
        if (x === 0 || y === 0 || x === width - 1 || y === height - 1) return level;
        let sum = 4 * level;
        for (let down = -1; down <= 1; down++) {
          for (let right = -1; right <= 1; right++) sum += levelAt(source, x + right, y + down, channel);
        }
        return blended(Math.floor(sum / 13 + 0.5), level, factor);
      });
      assert.deepEqual(
        guarded(source, (from, to) => sharpnessInto(from, to, factor)),
        expected,
      );
    }),
  );
});

test('histograms, ranges and means include all pixels, also the last ones', () => {
  fc.assert(
    fc.property(anyPicture(), (source) => {
      const { channels, data } = source;
      guarded(source, (from) => {
        const counts = levelCounts(from).slice();
        const ranges = levelRanges(from);
        for (let channel = 0; channel < channels; channel++) {
          const own = data.filter((_, at) => at % channels === channel);
          assert.deepEqual(ranges[channel], [Math.min(...own), Math.max(...own)]);
          for (let level = 0; level < 256; level++) {
            assert.equal(counts[channel * 256 + level], own.filter((value) => value === level).length);
          }
        }
        const grays = channels === 1 ? data : drawn({ ...source, channels: 1 }, (x, y) => luma(source, x, y));
        const sum = grays.reduce((total: number, gray) => total + gray, 0);
        assert.equal(meanLuma(from), Math.trunc(sum / grays.length + 0.5));
      });
    }),
    { numRuns: 50 },
  );
});

test('sums of large pictures do not overflow', () => {
  const white = {
    width: 6000,
    height: 3000,
    channels: 3 as const,
    data: new Uint8Array(54_000_000).fill(255),
  };
  guarded(white, (from) => assert.equal(meanLuma(from), 255));
  const { data } = autocontrast({ ...white, width: 18_000, channels: 1 });
  assert.equal(Buffer.compare(data, white.data), 0);
});
