import type { ImageFit } from '../../domain/config/data.js';
import { type Picture, picture, type Size } from '../../learning/augmentation/picture.js';
import { decodePicture, probePicture } from '../../learning/datasets/decode/decode-picture.js';
import type { Picture as Source } from '../../learning/datasets/sources/source.js';

/** The wanted size and channels; by default the picture's own, scaled down if it is large. */
export interface WantedPicture extends Partial<Size> {
  readonly channels?: 1 | 3;
  readonly fit?: ImageFit;
}

/** Scales a size down so that its larger side has at most so many pixels. */
function within({ width, height }: Size, largest: number): Size {
  const scale = Math.min(1, largest / Math.max(width, height));
  const side = (pixels: number) => Math.max(1, Math.round(pixels * scale));
  return { width: side(width), height: side(height) };
}

/**
 * Decodes a picture as training does.
 * @param largest side in pixels, unless the size is given
 * @throws UnreadablePicture
 */
export async function decodeWithin(
  source: Source,
  largest: number,
  { width, height, channels, fit = 'fill' }: WantedPicture = {},
): Promise<Picture> {
  const own = await probePicture(source);
  const size = width !== undefined && height !== undefined ? { width, height } : within(own, largest);
  const shape = { ...size, channels: channels ?? own.channels };
  const pixels = await decodePicture(source, shape, fit);
  return picture(shape.width, shape.height, shape.channels, Uint8Array.from(pixels));
}
