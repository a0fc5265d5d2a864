import { DEFAULT_FIT } from '../../domain/config/image-settings.js';
import { DataError } from '../../domain/errors.js';
import type { Picture } from '../../learning/augmentation/picture.js';
import { UnreadablePicture } from '../../learning/datasets/decode/picture-file.js';
import { decodeWithin, type WantedPicture } from '../sheet/decode-within.js';

/** Larger pictures are scaled down to this side, a usual size of training images. */
const LARGEST_SIDE = 224;

/**
 * Decodes a picture as training does.
 * @throws DataError if it can't be read
 */
export async function openPicture(path: string, wanted: WantedPicture = {}): Promise<Picture> {
  try {
    const source = { name: path, content: { file: path } };
    return await decodeWithin(source, LARGEST_SIDE, { fit: DEFAULT_FIT, ...wanted });
  } catch (error) {
    if (!(error instanceof UnreadablePicture)) throw error;
    throw new DataError(
      `image: received "${path}", expected a JPEG, PNG or WebP picture that can be read: ${error.message}`,
      { cause: error },
    );
  }
}
