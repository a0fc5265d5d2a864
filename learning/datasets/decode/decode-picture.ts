import sharp, { type Metadata, type Sharp, type SharpInput } from 'sharp';
import type { ImageFit } from '../../../domain/config/data.js';
import type { ImageShape } from '../../../domain/records.js';
import type { Picture, Pixels } from '../sources/source.js';
import { MAX_PIXELS, readPictureFile, UnreadablePicture } from './picture-file.js';

// Pictures are decoded in parallel, so one thread each is fastest; none is decoded twice.
sharp.concurrency(1);
sharp.cache(false);

const BLACK = { r: 0, g: 0, b: 0 };

/** Opens the first frame of an encoded picture without decoding it; damaged files fail at decoding. */
export function openFile(bytes: Buffer): Sharp {
  return sharp(bytes, { limitInputPixels: MAX_PIXELS, failOn: 'warning', pages: 1 });
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

/**
 * Describes why sharp could not read a picture. Sharp's own message is only a detail: all decoder threads share one
 * buffer for it, so it may be missing or belong to another broken picture.
 */
export function unreadable(error: unknown): UnreadablePicture {
  const lines = (error as Error).message.trim().split(/\s*\n\s*/);
  const detail = [...new Set(lines)].join('; ');
  if (/exceeds pixel limit/.test(detail)) {
    return new UnreadablePicture(`more than ${MAX_PIXELS / 1e6} megapixels`);
  }
  const detailText = detail === '' || /failOn setting/.test(detail) ? '' : ` (${detail})`;
  return new UnreadablePicture(`damaged or cut short${detailText}`);
}

/** Reads a picture's shape from its header, with EXIF orientation applied. */
export async function probePicture({ content }: Picture): Promise<ImageShape> {
  if ('pixels' in content) {
    const { height, width, channels } = await content.pixels();
    return { height, width, channels };
  }
  const bytes = await readPictureFile(content.file);
  try {
    const header = await openFile(bytes).metadata();
    const { width, height } = header.autoOrient;
    return { height, width, channels: channelsOf(header) };
  } catch (error) {
    throw unreadable(error);
  }
}

function hasShape(pixels: Pixels, { width, height, channels }: ImageShape): boolean {
  return pixels.width === width && pixels.height === height && pixels.channels === channels;
}

/**
 * Decodes a picture to packed uint8 of a given shape, row by row, channels last. Applies EXIF orientation, takes an
 * animation's first frame, composites alpha over black, and converts CMYK and 16 bits to 8-bit sRGB or gray.
 * @throws UnreadablePicture when it can't be decoded completely
 */
export async function decodePicture(
  { content }: Picture,
  shape: ImageShape,
  fit: ImageFit,
): Promise<Uint8Array> {
  let picture: Sharp;
  if ('pixels' in content) {
    const pixels = await content.pixels();
    if (hasShape(pixels, shape)) return pixels.data;
    picture = openPixels(pixels);
  } else {
    picture = openUpright(await readPictureFile(content.file));
  }
  const { width, height, channels } = shape;
  let pixels: Uint8Array;
  try {
    pixels = await picture
      .resize(width, height, { fit, background: BLACK })
      .toColourspace(channels === 1 ? 'b-w' : 'srgb')
      .raw({ depth: 'uchar' })
      .toBuffer();
  } catch (error) {
    throw unreadable(error);
  }
  if (pixels.length !== width * height * channels) {
    throw new UnreadablePicture(`its colours can't be made ${channels === 1 ? 'gray' : 'rgb'}`);
  }
  return pixels;
}
