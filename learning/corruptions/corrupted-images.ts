import type { CorruptionName, Severity } from '../../domain/corruption.js';
import { imageBytes } from '../../domain/image-bytes.js';
import { keyedRandom } from '../../domain/random.js';
import type { Picture } from '../augmentation/picture.js';
import { type ImageSet, pictureOf } from '../datasets/image-set.js';
import { corrupt } from './corrupt.js';

/** How pictures are spoilt. */
export interface CorruptionPlan {
  readonly corruption: CorruptionName;
  readonly severity: Severity;
  /** Keys the noise, with the corruption, the severity and the picture's position in its set. */
  readonly seed: number;
}

/** One picture of a set, spoilt: the same whenever it is asked for with the same plan. */
export function corruptedPicture(
  images: ImageSet,
  position: number,
  { corruption, severity, seed }: CorruptionPlan,
): Promise<Picture> {
  const random = keyedRandom(seed, 'corruption', corruption, severity, position);
  return corrupt(pictureOf(images, position), corruption, severity, random);
}

/** Spoilt at once: JPEG waits for other threads. */
const AHEAD = 16;

/**
 * Some pictures of a set, spoilt and held in memory: the same for whoever asks with the same plan.
 * @param positions in the set
 * @returns a set of the spoilt pictures in that order, labels as they were
 */
export async function corruptedImages(
  images: ImageSet,
  positions: ArrayLike<number>,
  plan: CorruptionPlan,
): Promise<ImageSet> {
  const bytes = imageBytes(images.shape);
  const pixels = new Uint8Array(positions.length * bytes);
  const spoil = async (place: number) => {
    pixels.set((await corruptedPicture(images, positions[place]!, plan)).data, place * bytes);
  };
  for (let first = 0; first < positions.length; first += AHEAD) {
    const group = Math.min(AHEAD, positions.length - first);
    await Promise.all(Array.from({ length: group }, (_, index) => spoil(first + index)));
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
