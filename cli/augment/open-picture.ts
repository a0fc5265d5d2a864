import { DataError } from '../../domain/errors.js';
import type { ImageShape } from '../../domain/records.js';
import { type Picture, picture } from '../../learning/augmentation/picture.js';
import { decodePicture, probePicture } from '../../learning/datasets/decode/decode-picture.js';
import { UnreadablePicture } from '../../learning/datasets/decode/picture-file.js';

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface OpenedPicture {
  readonly picture: Picture;
  /** As the file has it, and as it is seen (EXIF orientation applied). */
  readonly own: ImageShape;
}

/** Larger pictures are brought to this side: what networks are trained on is about as large. */
const LARGEST_SIDE = 224;

function within({ width, height }: Size): Size {
  const scale = Math.min(1, LARGEST_SIDE / Math.max(width, height));
  const side = (pixels: number) => Math.max(1, Math.round(pixels * scale));
  return { width: side(width), height: side(height) };
}

/**
 * Decodes a picture as training does.
 * @param wanted the picture's own size unless given, larger ones scaled down; another aspect ratio is cut
 * @throws DataError when it can't be read
 */
export async function openPicture(
  path: string,
  wanted: (Size & { readonly channels?: 1 | 3 }) | undefined,
): Promise<OpenedPicture> {
  const source = { name: path, content: { file: path } };
  try {
    const own = await probePicture(source);
    const { width, height } = wanted ?? within(own);
    const shape = { width, height, channels: wanted?.channels ?? own.channels };
    const pixels = await decodePicture(source, shape, 'cover');
    return { picture: picture(width, height, shape.channels, Uint8Array.from(pixels)), own };
  } catch (error) {
    if (!(error instanceof UnreadablePicture)) throw error;
    throw new DataError(
      `image: received "${path}", expected a JPEG, PNG or WebP picture that can be read: it is ${error.message}`,
      { cause: error },
    );
  }
}
