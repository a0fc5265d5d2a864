import { expectFinite } from '../checks.js';
import { copyInto, type Picture } from '../picture.js';
import { blendTable } from './blend.js';
import { changed } from './table.js';

/** See {@link color}. The target may be the source. */
export function colorInto(source: Picture, target: Picture, factor: number): void {
  if (source.channels === 1 || factor === 1) {
    copyInto(source, target);
    return;
  }
  const table = blendTable(factor);
  const from = source.data;
  const to = target.data;
  const length = from.length;
  for (let at = 0; at < length; at += 3) {
    const red = from[at]!;
    const green = from[at + 1]!;
    const blue = from[at + 2]!;
    const gray = (Math.imul(red, 19595) + Math.imul(green, 38470) + Math.imul(blue, 7471) + 0x8000) >> 16;
    const row = ((255 - gray) << 8) | gray;
    to[at] = table[row + (red << 8)]!;
    to[at + 1] = table[row + (green << 8)]!;
    to[at + 2] = table[row + (blue << 8)]!;
  }
}

/**
 * Moves colours away from, or towards, their gray (Pillow's `ImageEnhance.Color`); a gray picture stays as it is.
 * @param factor 0 is gray, 1 the picture; any finite number
 */
export function color(source: Picture, factor: number): Picture {
  expectFinite('factor', factor);
  return changed(source, (target) => colorInto(source, target, factor));
}
