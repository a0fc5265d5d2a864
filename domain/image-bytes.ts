import type { ImageShape } from './records.js';

/** Size of a packed picture in bytes: one for each value. */
export function imageBytes({ height, width, channels }: ImageShape): number {
  return height * width * channels;
}
