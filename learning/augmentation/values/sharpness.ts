import { expectFinite } from '../checks.js';
import { copyInto, type Picture } from '../picture.js';
import { type BlendTable, blendTable } from './blend.js';
import { changed } from './table.js';

/**
 * One channel of one row without its ends. The sums of three columns move along; (1 1 1, 1 5 1, 1 1 1) / 13 is
 * rounded in integers: 13 is odd, so no sum is half-way and the rounding of Pillow's floats never shows.
 */
function sharpenRow(
  from: Uint8Array,
  to: Uint8Array,
  start: number,
  end: number,
  stride: number,
  step: number,
  table: BlendTable,
): void {
  let at = start + step;
  let level = from[at]!;
  let before = (from[start - stride]! + from[start]! + from[start + stride]!) | 0;
  let here = (from[at - stride]! + level + from[at + stride]!) | 0;
  for (; at < end; at += step) {
    const next = at + step;
    const nextLevel = from[next]!;
    const after = (from[next - stride]! + nextLevel + from[next + stride]!) | 0;
    const sum = (before + here + after + (level << 2)) | 0;
    // (2 sum + 13) / 26, exact for sums up to 13 * 255
    const smooth = Math.imul(2 * sum + 13, 40_330) >> 20;
    to[at] = table[((255 - smooth + level) << 8) | smooth]!;
    before = here;
    here = after;
    level = nextLevel;
  }
}

/** See {@link sharpness}. The target is another buffer. */
export function sharpnessInto(source: Picture, target: Picture, factor: number): void {
  const { width, height, channels } = source;
  copyInto(source, target);
  if (factor === 1 || width < 3 || height < 3) return;
  const table = blendTable(factor);
  const stride = width * channels;
  for (let y = 1; y < height - 1; y++) {
    for (let channel = 0; channel < channels; channel++) {
      const start = y * stride + channel;
      sharpenRow(source.data, target.data, start, start + stride - channels, stride, channels, table);
    }
  }
}

/**
 * Moves levels away from, or towards, their smoothed neighbourhood (Pillow's `ImageEnhance.Sharpness`); the outer
 * row of pixels stays as it is.
 * @param factor 0 is blurred, 1 the picture, 2 sharpened; any finite number
 */
export function sharpness(source: Picture, factor: number): Picture {
  expectFinite('factor', factor);
  return changed(source, (target) => sharpnessInto(source, target, factor));
}
