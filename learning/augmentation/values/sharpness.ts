import { expectFinite } from '../checks.js';
import { newPicture } from '../kernels/kernel-memory.js';
import { addressOf, kernels } from '../kernels/kernels.js';
import type { Picture } from '../picture.js';

/** See {@link sharpness}. The target is another buffer. */
export function sharpnessInto(source: Picture, target: Picture, factor: number): void {
  const { width, height, channels, data } = source;
  kernels.sharpen(addressOf(data), addressOf(target.data), width, height, channels, factor);
}

/**
 * Moves levels away from, or towards, their smoothed neighbourhood (Pillow's `ImageEnhance.Sharpness`); the outer
 * row of pixels stays as it is.
 * @param factor 0 is blurred, 1 the picture, 2 sharpened; any finite number
 */
export function sharpness(source: Picture, factor: number): Picture {
  expectFinite('factor', factor);
  return newPicture(source, (from, to) => sharpnessInto(from, to, factor));
}
