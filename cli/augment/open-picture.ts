import type { ImageFit } from '../../domain/config/data.js';
import { DEFAULT_FIT } from '../../domain/config/image-settings.js';
import { DataError } from '../../domain/errors.js';
import { type Picture, picture } from '../../learning/augmentation/picture.js';
import { decodePicture, probePicture } from '../../learning/datasets/decode/decode-picture.js';
import { UnreadablePicture } from '../../learning/datasets/decode/picture-file.js';
import { within } from '../sheet/decode-within.js';

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Larger pictures are brought to this side: what networks are trained on is about as large. */
const LARGEST_SIDE = 224;

/** How a picture is wanted; what is left out is the picture's own, larger ones scaled down. */
export interface WantedPicture extends Partial<Size> {
  readonly channels?: 1 | 3;
  readonly fit?: ImageFit;
}

async function decode(path: string, wanted: WantedPicture): Promise<Picture> {
  const source = { name: path, content: { file: path } };
  const own = await probePicture(source);
  const { width, height, channels = own.channels, fit = DEFAULT_FIT } = wanted;
  const size = width !== undefined && height !== undefined ? { width, height } : within(own, LARGEST_SIDE);
  const shape = { ...size, channels };
  const pixels = await decodePicture(source, shape, fit);
  return picture(shape.width, shape.height, channels, Uint8Array.from(pixels));
}

/**
 * Decodes a picture as training does.
 * @throws DataError when it can't be read
 */
export async function openPicture(path: string, wanted: WantedPicture = {}): Promise<Picture> {
  try {
    return await decode(path, wanted);
  } catch (error) {
    if (!(error instanceof UnreadablePicture)) throw error;
    throw new DataError(
      `image: received "${path}", expected a JPEG, PNG or WebP picture that can be read: ${error.message}`,
      { cause: error },
    );
  }
}
