import type { ImageShape } from '../../domain/records.js';
import { type Picture, picture } from '../../learning/augmentation/picture.js';
import { decodePicture, probePicture } from '../../learning/datasets/decode/decode-picture.js';
import type { Picture as Source } from '../../learning/datasets/sources/source.js';

/** Scales a size down so that its larger side has at most so many pixels. */
export function within({ width, height }: Omit<ImageShape, 'channels'>, largest: number) {
  const scale = Math.min(1, largest / Math.max(width, height));
  const side = (pixels: number) => Math.max(1, Math.round(pixels * scale));
  return { width: side(width), height: side(height) };
}

/**
 * Decodes a picture as training does, without cropping.
 * @param largest side in pixels; a larger picture is scaled down
 * @throws UnreadablePicture
 */
export async function decodeWithin(source: Source, largest: number): Promise<Picture> {
  const own = await probePicture(source);
  const shape = { ...within(own, largest), channels: own.channels };
  const pixels = await decodePicture(source, shape, 'fill');
  return picture(shape.width, shape.height, shape.channels, Uint8Array.from(pixels));
}
