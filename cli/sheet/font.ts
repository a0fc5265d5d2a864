import { createRequire } from 'node:module';
import sharp from 'sharp';
import { escaped } from '../charts/svg.js';

const FAMILY = 'DejaVu Sans Condensed';
const resolve = createRequire(import.meta.url).resolve;

/** Shipped with Apprentice: a machine without fonts would draw empty boxes. */
const FILES = {
  normal: resolve('dejavu-fonts-ttf/ttf/DejaVuSansCondensed.ttf'),
  bold: resolve('dejavu-fonts-ttf/ttf/DejaVuSansCondensed-Bold.ttf'),
} as const;

export type Weight = keyof typeof FILES;

/** The font family in SVG, available once a text was measured in it. Other scripts use the machine's fonts. */
export const SVG_FONT = `${FAMILY}, sans-serif`;

const widths = new Map<string, number>();

/** Measures the width of a text in pixels. Also registers the font for SVG. */
export async function widthOf(text: string, size: number, weight: Weight = 'normal'): Promise<number> {
  const key = `${weight} ${size} ${text}`;
  const known = widths.get(key);
  if (known !== undefined) return known;
  const width = text.trim() === '' ? 0 : await measured(text, size, weight);
  widths.set(key, width);
  return width;
}

async function measured(text: string, size: number, weight: Weight): Promise<number> {
  const font = `${FAMILY}${weight === 'bold' ? ' Bold' : ''} ${size}`;
  const { width } = await sharp({
    text: { text: escaped(text), font, fontfile: FILES[weight], dpi: 72 },
  }).metadata();
  return width;
}

/** Cuts a text to a width in pixels; a cut text ends with an ellipsis. */
export async function cutTo(
  text: string,
  pixels: number,
  size: number,
  weight: Weight = 'normal',
): Promise<string> {
  let letters = [...text];
  let shown = text;
  for (;;) {
    const width = await widthOf(shown, size, weight);
    if (width <= pixels || letters.length <= 1) return shown;
    const most = Math.floor((letters.length * pixels) / width);
    letters = letters.slice(0, Math.max(1, Math.min(letters.length - 1, most)));
    shown = `${letters.join('').trimEnd()}…`;
  }
}

/** Fills lines with pieces, at most `most` lines; cuts the last one. */
export async function flow(
  pieces: readonly string[],
  pixels: number,
  size: number,
  most: number,
): Promise<string[]> {
  const lines: string[] = [];
  for (const piece of pieces) {
    const last = lines.at(-1);
    const joined = `${last} ${piece}`;
    if (last !== undefined && (await widthOf(joined, size)) <= pixels) lines[lines.length - 1] = joined;
    else lines.push(piece);
  }
  const shown = lines.length > most ? [...lines.slice(0, most - 1), lines.slice(most - 1).join(' ')] : lines;
  return Promise.all(shown.map((line) => cutTo(line, pixels, size)));
}
