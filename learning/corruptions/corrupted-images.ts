import type { CorruptionName, Severity } from '../../domain/corruption.js';
import { keyedRandom } from '../../domain/random.js';
import type { Picture } from '../augmentation/picture.js';
import type { ImageSet } from '../datasets/image-set.js';
import { corrupt } from './corrupt.js';

/** How pictures are spoilt. */
export interface CorruptionPlan {
  readonly corruption: CorruptionName;
  readonly severity: Severity;
  /** Keys the noise, with the corruption, the severity and the picture's position in its set. */
  readonly seed: number;
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
  { corruption, severity, seed }: CorruptionPlan,
): Promise<ImageSet> {
  const { height, width, channels } = images.shape;
  const bytes = height * width * channels;
  const pixels = new Uint8Array(positions.length * bytes);
  const spoil = async (place: number) => {
    const position = positions[place]!;
    const source: Picture = { width, height, channels, data: new Uint8Array(bytes) };
    images.copy(position, source.data, 0);
    const random = keyedRandom(seed, 'corruption', corruption, severity, position);
    pixels.set((await corrupt(source, corruption, severity, random)).data, place * bytes);
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
