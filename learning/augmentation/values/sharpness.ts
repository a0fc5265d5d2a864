import { expectFinite } from '../checks.js';
import { copyInto, type Picture } from '../picture.js';
import { DIFFERENCES, fillDifferences } from './blend.js';
import { changed } from './table.js';

const differences = new Float32Array(DIFFERENCES);

/** (1 1 1, 1 5 1, 1 1 1) / 13, rounded. 13 is odd, so no sum is half-way and the rounding of floats never shows. */
const SMOOTHED = Uint8Array.from({ length: 255 * 13 + 1 }, (_, sum) => Math.round(sum / 13));

let columnSums = new Uint16Array(0);

/** See {@link sharpness}. The target is another buffer. */
export function sharpnessInto(source: Picture, target: Picture, factor: number): void {
  const { width, height, channels } = source;
  const from = source.data;
  const to = target.data;
  copyInto(source, target);
  if (factor === 1 || width < 3 || height < 3) return;
  fillDifferences(differences, factor);
  const stride = width * channels;
  if (columnSums.length < stride) columnSums = new Uint16Array(stride);
  const sums = columnSums;
  for (let y = 1; y < height - 1; y++) {
    const row = y * stride;
    for (let x = 0; x < stride; x++) {
      sums[x] = from[row - stride + x]! + from[row + x]! + from[row + stride + x]!;
    }
    for (let x = channels; x < stride - channels; x++) {
      const level = from[row + x]!;
      const smooth = SMOOTHED[sums[x - channels]! + sums[x]! + sums[x + channels]! + 4 * level]!;
      const value = Math.fround(smooth + differences[255 - smooth + level]!) | 0;
      to[row + x] = value < 0 ? 0 : value > 255 ? 255 : value;
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
