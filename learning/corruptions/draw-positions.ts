import { keyedRandom } from '../../domain/random.js';
import type { ImageSet } from '../datasets/image-set.js';

/**
 * Draws positions of a set; equal for all compared models.
 * @param count number of positions; all of them if undefined or larger than the set
 * @returns ascending positions
 */
export function drawPositions(
  images: Pick<ImageSet, 'count'>,
  count: number | undefined,
  seed: number,
): Uint32Array {
  if (count === undefined || count >= images.count) {
    return Uint32Array.from({ length: images.count }, (_, position) => position);
  }
  return keyedRandom(seed, 'robustness').permutation(images.count).subarray(0, count).sort();
}
