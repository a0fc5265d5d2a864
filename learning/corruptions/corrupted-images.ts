import type { CorruptionName, Severity } from '../../domain/corruption.js';
import { imageBytes } from '../../domain/image-bytes.js';
import { keyedRandom } from '../../domain/random.js';
import type { Picture } from '../augmentation/picture.js';
import { type ImageSet, pictureOf } from '../datasets/image-set.js';
import { corrupt } from './corrupt.js';

export interface CorruptionPlan {
  readonly corruption: CorruptionName;
  readonly severity: Severity;
  /** Keys the noise, with the corruption, the severity and the picture's position in its set. */
  readonly seed: number;
}

/** Returns a corrupted picture of a set; equal plans give equal pictures. */
export function corruptedPicture(
  images: ImageSet,
  position: number,
  { corruption, severity, seed }: CorruptionPlan,
): Promise<Picture> {
  const random = keyedRandom(seed, 'corruption', corruption, severity, position);
  return corrupt(pictureOf(images, position), corruption, severity, random);
}

/** Pictures in progress at a time: JPEG runs in other threads. */
const CONCURRENCY = 16;

/**
 * Corrupts pictures of a set and keeps them in memory; equal plans give equal pictures.
 * @param positions in the set
 * @returns a set of the corrupted pictures in that order, with their labels
 */
export async function corruptedImages(
  images: ImageSet,
  positions: ArrayLike<number>,
  plan: CorruptionPlan,
): Promise<ImageSet> {
  const bytes = imageBytes(images.shape);
  const pixels = new Uint8Array(positions.length * bytes);
  const corruptAt = async (place: number) => {
    pixels.set((await corruptedPicture(images, positions[place]!, plan)).data, place * bytes);
  };
  for (let first = 0; first < positions.length; first += CONCURRENCY) {
    const group = Math.min(CONCURRENCY, positions.length - first);
    await Promise.all(Array.from({ length: group }, (_, index) => corruptAt(first + index)));
  }
  return {
    shape: images.shape,
    count: positions.length,
    copy(place, target, offset) {
      target.set(pixels.subarray(place * bytes, (place + 1) * bytes), offset);
    },
    label: (place) => images.label(positions[place]!),
  };
}
