import type { ImageShape } from './records.js';

/** Bytes of a packed picture: one for each value. */
export function imageBytes({ height, width, channels }: ImageShape): number {
  return height * width * channels;
}
