import { addressOf, kernels } from '../kernels/kernels.js';
import type { Picture } from '../picture.js';

/**
 * Pillow's `Image.blend(degenerate, picture, factor)` with one level for the whole degenerate picture. A factor below
 * 1 interpolates, one above 1 extrapolates. The target may be the source.
 */
export function blendInto(source: Picture, target: Picture, degenerate: number, factor: number): void {
  const { data } = source;
  kernels.blendWith(addressOf(data), addressOf(target.data), data.length, degenerate, factor);
}
