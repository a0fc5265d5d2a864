import sharp, { type Metadata, type Sharp, type SharpInput } from 'sharp';
import type { ImageFit } from '../../../domain/config/data.js';
import type { ImageShape } from '../../../domain/records.js';
import type { Picture, Pixels } from '../sources/source.js';
import { unreadable } from './decode-errors.js';
import { decodeWhole } from './decode-whole.js';
import { MAX_PIXELS, readPictureFile, readPictureHead, UnreadablePicture } from './picture-file.js';
import { plainShape } from './plain-header.js';

// Pictures are decoded in parallel, so one thread each is fastest; none is decoded twice.
sharp.concurrency(1);
sharp.cache(false);

const BLACK = { r: 0, g: 0, b: 0 };

/** Opens the first frame of an encoded picture without decoding it; damaged files fail at decoding. */
export function openFile(bytes: Buffer): Sharp {
  return sharp(bytes, { limitInputPixels: MAX_PIXELS, failOn: 'warning', pages: 1 });
}

/** Opens an encoded picture, perhaps only its first bytes, to read its header. */
function openHeader(bytes: Buffer): Sharp {
  return sharp(bytes, { limitInputPixels: MAX_PIXELS, failOn: 'none', pages: 1 });
}

/** Opens a picture's first frame with EXIF orientation applied and without alpha. */
export function openUpright(bytes: Buffer): Sharp {
  return openFile(bytes).autoOrient().flatten({ background: BLACK });
}

/** Channels of a packed picture, by the colour space of its file. */
export function channelsOf({ space }: Metadata): 1 | 3 {
  return space === 'b-w' || space === 'grey16' ? 1 : 3;
}

function openPixels({ data, width, height, channels }: Pixels): Sharp {
  return sharp(data as SharpInput, { raw: { width, height, channels } });
}

async function shapeIn(bytes: Buffer): Promise<ImageShape> {
  const header = await openHeader(bytes).metadata();
  const { width, height } = header.autoOrient;
  return { height, width, channels: channelsOf(header) };
}

/** Reads a picture's shape from its header, with EXIF orientation applied. The data behind it may be damaged. */
export async function probePicture({ content }: Picture): Promise<ImageShape> {
  if ('pixels' in content) return content.shape;
  const shape = await readPictureHead(content.file, async (bytes, isWhole) => {
    const plain = plainShape(bytes);
    if (plain) return plain;
    try {
      return await shapeIn(bytes);
    } catch (error) {
      if (isWhole) throw unreadable(error);
      return undefined;
    }
  });
  return shape!;
}

function hasShape(pixels: Pixels, { width, height, channels }: ImageShape): boolean {
  return pixels.width === width && pixels.height === height && pixels.channels === channels;
}

/**
 * Decodes a picture to packed uint8 of a given shape, row by row, channels last. Applies EXIF orientation, takes an
 * animation's first frame, composites alpha over black, and converts CMYK and 16 bits to 8-bit sRGB or gray.
 * @param onWarning called if the file has errors, but decoded completely
 * @throws UnreadablePicture when it can't be decoded completely
 */
export async function decodePicture(
  { content }: Picture,
  shape: ImageShape,
  fit: ImageFit,
  onWarning: (warning: string) => void = () => undefined,
): Promise<Uint8Array> {
  const { width, height, channels } = shape;
  const fitted = (picture: Sharp) =>
    picture
      .resize(width, height, { fit, background: BLACK })
      .toColourspace(channels === 1 ? 'b-w' : 'srgb')
      .raw({ depth: 'uchar' })
      .toBuffer();
  let pixels: Uint8Array;
  if ('pixels' in content) {
    const own = await content.pixels();
    if (hasShape(own, shape)) return own.data;
    pixels = await fitted(openPixels(own));
  } else {
    const bytes = await readPictureFile(content.file);
    const { result, warning } = await decodeWhole(bytes, (whole) => fitted(openUpright(whole)));
    if (warning !== undefined) onWarning(warning);
    pixels = result;
  }
  if (pixels.length !== width * height * channels) {
    throw new UnreadablePicture(`its colours can't be made ${channels === 1 ? 'gray' : 'rgb'}`);
  }
  return pixels;
}
