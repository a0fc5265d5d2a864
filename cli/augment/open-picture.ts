import type { ImageFit } from '../../domain/config/data.js';
import { DEFAULT_FIT } from '../../domain/config/fit-of.js';
import { DataError } from '../../domain/errors.js';
import { type Picture, picture } from '../../learning/augmentation/picture.js';
import { decodePicture, probePicture } from '../../learning/datasets/decode/decode-picture.js';
import { UnreadablePicture } from '../../learning/datasets/decode/picture-file.js';
import { within } from '../sheet/decode-within.js';

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Larger pictures are scaled down to this side, a usual size of training images. */
const LARGEST_SIDE = 224;

/** The wanted size and channels; by default the picture's own, scaled down if it is large. */
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
 * @throws DataError if it can't be read
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
