import { DataError } from '../../domain/errors.js';
import { type Picture, picture } from '../../learning/augmentation/picture.js';
import { decodePicture, probePicture } from '../../learning/datasets/decode/decode-picture.js';
import { UnreadablePicture } from '../../learning/datasets/decode/picture-file.js';
import { decodeWithin } from '../sheet/decode-within.js';

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Larger pictures are brought to this side: what networks are trained on is about as large. */
const LARGEST_SIDE = 224;

/**
 * Decodes a picture as training does.
 * @param wanted the picture's own size unless given, larger ones scaled down; another aspect ratio is cut
 * @throws DataError when it can't be read
 */
export async function openPicture(
  path: string,
  wanted: (Size & { readonly channels?: 1 | 3 }) | undefined,
): Promise<Picture> {
  const source = { name: path, content: { file: path } };
  try {
    if (!wanted) return await decodeWithin(source, LARGEST_SIDE);
    const channels = wanted.channels ?? (await probePicture(source)).channels;
    const { width, height } = wanted;
    const pixels = await decodePicture(source, { width, height, channels }, 'cover');
    return picture(width, height, channels, Uint8Array.from(pixels));
  } catch (error) {
    if (!(error instanceof UnreadablePicture)) throw error;
    throw new DataError(
      `image: received "${path}", expected a JPEG, PNG or WebP picture that can be read: it is ${error.message}`,
      { cause: error },
    );
  }
}
