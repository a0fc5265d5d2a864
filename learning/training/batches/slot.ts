import { imageBytes } from '../../../domain/image-bytes.js';
import type { ImageShape } from '../../../domain/records.js';

/** The key of a row's noise has three numbers: [stream, epoch, example]. */
export const KEY_WORDS = 3;
export const STREAMS = ['labelled', 'unlabelled', 'weak', 'strong'] as const;
export type StreamName = (typeof STREAMS)[number];

/** Buffers of one batch, in memory that threads share. */
export interface Slot {
  /** [size, height, width, channels] clean images. */
  readonly images: Uint8Array;
  /** The same, augmented and mixed. */
  readonly pixels: Uint8Array;
  /** [size, classes]; mixed with the pixels. */
  readonly targets: Float32Array;
  /** [size, width] other models' responses, mixed with the pixels. May be empty. */
  readonly responses: Float32Array;
  /** [size] index of the image in FlexMatch's memory, see batchSource. Empty with other rules. */
  readonly places: Float32Array;
  /** [size, {@link KEY_WORDS}] */
  readonly keys: Uint32Array;
}

export interface BatchShape {
  readonly size: number;
  readonly classes: number;
  readonly image: ImageShape;
  /** Width of a row's responses; 0 by default. */
  readonly responses?: number;
  readonly places?: boolean;
}

export function newSlot({ size, classes, image, responses = 0, places = false }: BatchShape): Slot {
  const bytes = size * imageBytes(image);
  const shared = (length: number) => new SharedArrayBuffer(length);
  const floats = (width: number) => new Float32Array(shared(size * width * Float32Array.BYTES_PER_ELEMENT));
  return {
    images: new Uint8Array(shared(bytes)),
    pixels: new Uint8Array(shared(bytes)),
    targets: floats(classes),
    responses: floats(responses),
    places: floats(places ? 1 : 0),
    keys: new Uint32Array(shared(size * KEY_WORDS * Uint32Array.BYTES_PER_ELEMENT)),
  };
}
