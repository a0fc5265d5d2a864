import { keyedRandom } from '../../domain/random.js';
import type { ImageSet } from '../datasets/image-set.js';

/**
 * So many images of a set, or all of it, in ascending order: the same for every model that is compared.
 * @param count more than there are means all
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
