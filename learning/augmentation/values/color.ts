import { expectFinite } from '../checks.js';
import { newPicture } from '../kernels/kernel-memory.js';
import { addressOf, kernels } from '../kernels/kernels.js';
import { copyInto, type Picture } from '../picture.js';

/** See {@link color}. The target may be the source. */
export function colorInto(source: Picture, target: Picture, factor: number): void {
  const { channels, data } = source;
  if (channels === 1) copyInto(source, target);
  else kernels.blendColours(addressOf(data), addressOf(target.data), data.length, factor);
}

/**
 * Moves colours away from, or towards, their gray (Pillow's `ImageEnhance.Color`); a gray picture stays as it is.
 * @param factor 0 is gray, 1 the picture; any finite number
 */
export function color(source: Picture, factor: number): Picture {
  expectFinite('factor', factor);
  return newPicture(source, (from, to) => colorInto(from, to, factor));
}
