import pLimit from 'p-limit';
import { sha256 } from '../../../domain/hash.js';
import type { ImageShape } from '../../../domain/records.js';
import type { Picture } from '../sources/source.js';
import { channelsOf, openFile, openUpright } from './decode-picture.js';
import { decodeWhole } from './decode-whole.js';
import { readPictureFile } from './picture-file.js';

/** Properties of a picture that was decoded completely. */
export interface PictureFacts {
  /** With EXIF orientation applied. */
  readonly shape: ImageShape;
  readonly format: 'jpeg' | 'png' | 'webp' | 'pixels';
  readonly hasAlpha: boolean;
  /** EXIF orientation rotates or mirrors it. */
  readonly isTurned: boolean;
  /** More than one frame. */
  readonly isAnimated: boolean;
  readonly isCmyk: boolean;
  readonly is16Bit: boolean;
  /** Stored as colour, but red, green and blue are equal in all pixels. */
  readonly isColourless: boolean;
  /** Equal for equal pixels of equal size in any encoding; gray stored as colour counts as gray. */
  readonly fingerprint: string;
  /** The file has errors, but decoded completely. */
  readonly warning?: string;
}

/** Larger pictures are decoded one at a time: several could exhaust the memory. */
const LARGE_PIXELS = 16_000_000;
const oneByOne = pLimit(1);

/** Returns one channel if all three are equal, otherwise undefined. */
function withoutColour(pixels: Uint8Array): Uint8Array | undefined {
  for (let at = 0; at < pixels.length; at += 3) {
    if (pixels[at] !== pixels[at + 1] || pixels[at] !== pixels[at + 2]) return undefined;
  }
  return Uint8Array.from({ length: pixels.length / 3 }, (_, pixel) => pixels[3 * pixel]!);
}

function identify(
  pixels: Uint8Array,
  { width, height, channels }: ImageShape,
): Pick<PictureFacts, 'isColourless' | 'fingerprint'> {
  const gray = channels === 3 ? withoutColour(pixels) : undefined;
  return { isColourless: gray !== undefined, fingerprint: sha256(`${width} ${height} `, gray ?? pixels) };
}

/**
 * Decodes a picture in its own size, as {@link decodePicture} does, and describes it.
 * @throws UnreadablePicture when it can't be decoded completely
 */
export async function inspectPicture({ content }: Picture): Promise<PictureFacts> {
  if ('pixels' in content) {
    const { data, ...shape } = await content.pixels();
    const plain = { hasAlpha: false, isTurned: false, isAnimated: false, isCmyk: false, is16Bit: false };
    return { shape, format: 'pixels', ...plain, ...identify(data, shape) };
  }
  const bytes = await readPictureFile(content.file);
  const { result, warning } = await decodeWhole(bytes, inspectBytes);
  return { ...result, ...(warning !== undefined && { warning }) };
}

async function inspectBytes(bytes: Buffer): Promise<PictureFacts> {
  const header = await openFile(bytes).metadata();
  const { width, height } = header.autoOrient;
  const shape: ImageShape = { height, width, channels: channelsOf(header) };
  const decode = () =>
    openUpright(bytes)
      .toColourspace(shape.channels === 1 ? 'b-w' : 'srgb')
      .raw({ depth: 'uchar' })
      .toBuffer();
  const pixels = await (width * height > LARGE_PIXELS ? oneByOne(decode) : decode());
  return {
    shape,
    format: header.format as PictureFacts['format'],
    hasAlpha: header.hasAlpha,
    isTurned: (header.orientation ?? 1) > 1,
    isAnimated: (header.pages ?? 1) > 1,
    isCmyk: header.space === 'cmyk',
    is16Bit: header.depth === 'ushort',
    ...identify(pixels, shape),
  };
}
