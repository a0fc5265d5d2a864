import { imageBytes } from '../../domain/image-bytes.js';
import type { ImageSet } from '../datasets/image-set.js';

/** Batches of large images are smaller: it saves memory, and progress is reported every few seconds. */
const LARGEST_BATCH = 250;
const BATCH_BYTES = 4 * 2 ** 20;

/** The images of a computation in batches. */
export interface BatchedRequest {
  readonly images: ImageSet;
  /** Position of the first image; 0 by default. */
  readonly first?: number;
  /** Number of images; all that follow by default. */
  readonly count?: number;
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Computes values [size * width] from images [size, height, width, channels]. */
export type BatchFunction = (pixels: Uint8Array, size: number) => Promise<Float32Array>;

/**
 * Computes values for clean images, one batch after the other.
 * @param compute the values of a batch
 * @param width number of values per image
 * @returns [count * width], row by row
 * @throws the signal's reason when aborted
 */
export async function inBatches(
  compute: BatchFunction,
  width: number,
  { images, first = 0, count = images.count - first, onProgress, signal }: BatchedRequest,
): Promise<Float32Array> {
  const bytes = imageBytes(images.shape);
  const values = new Float32Array(count * width);
  const batch = Math.min(LARGEST_BATCH, Math.ceil(BATCH_BYTES / bytes));
  for (let start = 0; start < count; start += batch) {
    signal?.throwIfAborted();
    const size = Math.min(batch, count - start);
    const pixels = new Uint8Array(size * bytes);
    for (let index = 0; index < size; index++) images.copy(first + start + index, pixels, index * bytes);
    values.set(await compute(pixels, size), start * width);
    onProgress?.(start + size, count);
  }
  return values;
}
