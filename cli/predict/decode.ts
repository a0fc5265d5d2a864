import type { ImageFit } from '../../domain/config/data.js';
import type { ImageShape } from '../../domain/records.js';
import { decodePicture } from '../../learning/datasets/decode/decode-picture.js';
import { inOrder } from '../../learning/datasets/decode/in-order.js';
import { UnreadablePicture } from '../../learning/datasets/decode/picture-file.js';

/** Decoded at once. */
const AHEAD = 8;

export type Decoded =
  | { readonly image: string; readonly pixels: Uint8Array }
  | { readonly image: string; readonly error: string };

/** Pictures as training sees them, in their order; of one that can't be read, why. */
export function decodeAll(
  images: readonly string[],
  shape: ImageShape,
  fit: ImageFit,
): AsyncGenerator<Decoded> {
  return inOrder(images, AHEAD, async (image): Promise<Decoded> => {
    try {
      return { image, pixels: await decodePicture({ name: image, content: { file: image } }, shape, fit) };
    } catch (error) {
      if (!(error instanceof UnreadablePicture)) throw error;
      return { image, error: error.message };
    }
  });
}
