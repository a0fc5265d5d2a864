/**
 * Pillow's `Image.blend(degenerate, picture, factor)` for single levels, in its arithmetic: 32-bit floats, cut
 * off. A factor below 1 goes towards the degenerate picture, above 1 away from it.
 */
export function blended(degenerate: number, level: number, factor: number): number {
  const value = Math.fround(degenerate + Math.fround(Math.fround(factor) * (level - degenerate)));
  return value <= 0 ? 0 : value >= 255 ? 255 : Math.trunc(value);
}

/** The part of a blend that depends on level - degenerate alone, for -255 … 255, from index 0. */
export const DIFFERENCES = 511;

/** Fills [factor * difference] as 32-bit floats. */
export function fillDifferences(table: Float32Array, factor: number): void {
  const alpha = Math.fround(factor);
  for (let index = 0; index < DIFFERENCES; index++) table[index] = alpha * (index - 255);
}
