import { imageBytes } from '../../domain/image-bytes.js';
import type { ImageSet } from '../datasets/image-set.js';

/** Small images at once; of large ones fewer, so that progress is told every few seconds and memory suffices. */
const LARGEST_BATCH = 250;
const BATCH_BYTES = 4 * 2 ** 20;

/** Which images a network is to look at. */
export interface BatchedRequest {
  readonly images: ImageSet;
  /** Position of the first image; 0 where absent. */
  readonly first?: number;
  /** All that follow where absent. */
  readonly count?: number;
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Values [size * width] of packed images [size, height, width, channels]. */
export type BatchFunction = (pixels: Uint8Array, size: number) => Promise<Float32Array>;

/**
 * Looks at clean images, some at a time.
 * @param width values for each image
 * @returns [count * width], row by row
 * @throws the signal's reason when aborted
 */
export async function inBatches(
  look: BatchFunction,
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
    values.set(await look(pixels, size), start * width);
    onProgress?.(start + size, count);
  }
  return values;
}
