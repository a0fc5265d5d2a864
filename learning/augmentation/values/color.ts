import { expectFinite } from '../checks.js';
import { copyInto, type Picture } from '../picture.js';
import { DIFFERENCES, fillDifferences } from './blend.js';
import { changed } from './table.js';

const differences = new Float32Array(DIFFERENCES);

/** See {@link color}. The target may be the source. */
export function colorInto(source: Picture, target: Picture, factor: number): void {
  if (source.channels === 1 || factor === 1) {
    copyInto(source, target);
    return;
  }
  fillDifferences(differences, factor);
  const from = source.data;
  const to = target.data;
  for (let at = 0; at < from.length; at += 3) {
    const red = from[at]!;
    const green = from[at + 1]!;
    const blue = from[at + 2]!;
    const gray = (red * 19595 + green * 38470 + blue * 7471 + 0x8000) >> 16;
    const base = 255 - gray;
    const newRed = Math.fround(gray + differences[base + red]!) | 0;
    const newGreen = Math.fround(gray + differences[base + green]!) | 0;
    const newBlue = Math.fround(gray + differences[base + blue]!) | 0;
    to[at] = newRed < 0 ? 0 : newRed > 255 ? 255 : newRed;
    to[at + 1] = newGreen < 0 ? 0 : newGreen > 255 ? 255 : newGreen;
    to[at + 2] = newBlue < 0 ? 0 : newBlue > 255 ? 255 : newBlue;
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
