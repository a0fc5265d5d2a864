import sharp from 'sharp';
import { ConfigurationError } from '../../domain/errors.js';
import { element, rect, text } from '../charts/svg.js';
import { SVG_FONT } from './font.js';
import { type Layout, layOut, type PlacedPicture, type PlacedText } from './layout.js';
import type { Sheet } from './sheet.js';
import { writePicture } from './write-picture.js';

/** Bounds memory: writing a sheet holds two copies of its pixels. */
export const MAX_SHEET_PIXELS = 100_000_000;
/** The largest side of a WebP image. */
const MAX_SHEET_SIDE = 16_383;

function isTooLarge({ width, height }: Pick<Layout, 'width' | 'height'>): boolean {
  return width * height > MAX_SHEET_PIXELS || Math.max(width, height) > MAX_SHEET_SIDE;
}

/**
 * Builds the sheet with the most pictures that fits the limits; shortens rows that are too wide.
 * @param count number of pictures
 * @param sheetOf builds the sheet of the first `shown` pictures
 */
export async function sheetThatFits(count: number, sheetOf: (shown: number) => Sheet): Promise<Sheet> {
  for (let shown = count; ; ) {
    const sheet = sheetOf(shown);
    const layout = await layOut(sheet);
    if (!isTooLarge(layout) || shown <= 1) return sheet;
    const { width, height } = layout;
    const times = Math.max((width * height) / MAX_SHEET_PIXELS, height / MAX_SHEET_SIDE);
    const inRow = Math.max(...sheet.rows.map(({ cells }) => cells.length));
    const most = width > MAX_SHEET_SIDE ? Math.min(shown, inRow) : shown;
    shown = Math.max(1, Math.min(most - 1, Math.floor(shown / times)));
  }
}

/** Copies a picture onto a white page of three channels, each pixel as a square. */
function paste(page: Uint8Array, pageWidth: number, { x, y, enlarged, picture }: PlacedPicture): void {
  const { width, height, channels, data } = picture;
  for (let row = 0; row < height * enlarged; row++) {
    const from = Math.floor(row / enlarged) * width;
    let to = ((y + row) * pageWidth + x) * 3;
    for (let column = 0; column < width * enlarged; column++) {
      const source = (from + Math.floor(column / enlarged)) * channels;
      for (let channel = 0; channel < 3; channel++) page[to++] = data[source + (channel % channels)]!;
    }
  }
}

function textSvg({ x, y, text: words, size, weight, colour, anchor }: PlacedText): string {
  return text(x, y, words, { 'font-size': size, 'font-weight': weight, fill: colour, 'text-anchor': anchor });
}

/** A thin frame, which shows where a white picture ends. */
function frameSvg({ x, y, enlarged, picture: { width, height } }: PlacedPicture): string {
  return rect(x - 0.5, y - 0.5, width * enlarged + 1, height * enlarged + 1, {
    fill: 'none',
    stroke: '#c8c8c8',
  });
}

function overlay({ width, height, texts, pictures }: Layout): Buffer {
  const size = { xmlns: 'http://www.w3.org/2000/svg', width, height, 'font-family': SVG_FONT };
  return Buffer.from(element('svg', size, ...pictures.map(frameSvg), ...texts.map(textSvg)));
}

/**
 * Draws a sheet and writes it in the format of the path's extension.
 * @returns its size in pixels
 * @throws ConfigurationError if it is too large or can't be written
 */
export async function drawSheet(
  sheet: Sheet,
  path: string,
): Promise<{ readonly width: number; readonly height: number }> {
  const layout = await layOut(sheet);
  const { width, height } = layout;
  if (isTooLarge(layout)) {
    throw new ConfigurationError(
      `--out: the sheet would be ${width} x ${height} pixels, expected at most ${MAX_SHEET_PIXELS / 1e6} megapixels and ${MAX_SHEET_SIDE} a side: take fewer pictures or smaller ones`,
    );
  }
  const page = new Uint8Array(width * height * 3).fill(255);
  for (const picture of layout.pictures) paste(page, width, picture);
  const drawn = sharp(page, { raw: { width, height, channels: 3 }, limitInputPixels: MAX_SHEET_PIXELS })
    .composite([{ input: overlay(layout) }])
    .removeAlpha();
  await writePicture(drawn, path);
  return { width, height };
}
