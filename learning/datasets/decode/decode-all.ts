import type { ImageFit } from '../../../domain/config/data.js';
import type { ImageShape } from '../../../domain/records.js';
import { decodePicture } from './decode-picture.js';
import { inOrder } from './in-order.js';
import { UnreadablePicture } from './picture-file.js';

/** Pictures that are decoded at the same time. */
const CONCURRENCY = 8;

export type Decoded =
  | { readonly image: string; readonly pixels: Uint8Array; readonly warning?: string }
  | { readonly image: string; readonly error: string };

/** Decodes pictures as training does, in their order; a picture that can't be read yields its error. */
export function decodeAll(
  images: readonly string[],
  shape: ImageShape,
  fit: ImageFit,
): AsyncGenerator<Decoded> {
  return inOrder(images, CONCURRENCY, async (image): Promise<Decoded> => {
    const warnings: string[] = [];
    const warn = (warning: string) => warnings.push(warning);
    try {
      const pixels = await decodePicture({ name: image, content: { file: image } }, shape, fit, warn);
      return { image, pixels, ...(warnings[0] !== undefined && { warning: warnings[0] }) };
    } catch (error) {
      if (!(error instanceof UnreadablePicture)) throw error;
      return { image, error: error.message };
    }
  });
}
