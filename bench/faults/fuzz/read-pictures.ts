import { sha256 } from '../../../domain/hash.js';
import { decodePicture } from '../../../learning/datasets/decode/decode-picture.js';
import { UnreadablePicture } from '../../../learning/datasets/decode/picture-file.js';
import type { SourceListing } from '../../../learning/datasets/sources/source.js';

const SHAPE = { width: 8, height: 8, channels: 3 } as const;
const AT_EACH_END = 4;

/** Decodes the first and the last pictures of a listing, as packing does: an unreadable one is left out. */
export async function readPictures({ classes, pictures }: SourceListing): Promise<string> {
  const read: string[] = [...classes, String(pictures.length)];
  for (const picture of new Set([...pictures.slice(0, AT_EACH_END), ...pictures.slice(-AT_EACH_END)])) {
    try {
      read.push(sha256(await decodePicture(picture, SHAPE, 'cover')));
    } catch (error) {
      if (!(error instanceof UnreadablePicture)) throw error;
      read.push('unreadable');
    }
  }
  return read.join();
}
