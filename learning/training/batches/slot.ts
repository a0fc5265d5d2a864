import type { ImageShape } from '../../../domain/records.js';

/** Which example a row of a batch shows, as far as its noise is keyed by it: [stream, epoch, example]. */
export const KEY_WORDS = 3;
export const STREAMS = ['labelled', 'unlabelled'] as const;
export type StreamName = (typeof STREAMS)[number];

/** Room for one batch, in memory that threads share. */
export interface Slot {
  /** [size, height, width, channels], as they are in the data set. */
  readonly images: Uint8Array;
  /** The same, augmented and mixed. */
  readonly pixels: Uint8Array;
  /** [size, classes]; mixed with the pixels. */
  readonly targets: Float32Array;
  /** [size, {@link KEY_WORDS}] */
  readonly keys: Uint32Array;
}

export interface BatchShape {
  readonly size: number;
  readonly classes: number;
  readonly image: ImageShape;
}

export function imageBytesOf({ height, width, channels }: ImageShape): number {
  return height * width * channels;
}

export function newSlot({ size, classes, image }: BatchShape): Slot {
  const bytes = size * imageBytesOf(image);
  const shared = (length: number) => new SharedArrayBuffer(length);
  return {
    images: new Uint8Array(shared(bytes)),
    pixels: new Uint8Array(shared(bytes)),
    targets: new Float32Array(shared(size * classes * Float32Array.BYTES_PER_ELEMENT)),
    keys: new Uint32Array(shared(size * KEY_WORDS * Uint32Array.BYTES_PER_ELEMENT)),
  };
}
