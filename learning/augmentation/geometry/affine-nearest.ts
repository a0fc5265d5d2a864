import { type ChannelFill, paint, wordOf } from '../fill.js';
import { kernelArguments } from '../kernels/kernel-memory.js';
import { kernels } from '../kernels/kernels.js';
import type { Picture } from '../picture.js';
import { cropInto } from './crop.js';

/**
 * Source position of a target pixel (x, y): (a x + b y + c, d x + e y + f), with pixel centres at one half
 * (Pillow's `Image.transform(…, Image.AFFINE, [a, b, c, d, e, f])`).
 */
export type AffineMatrix = readonly [number, number, number, number, number, number];

function sixteenDotSixteen(value: number): number {
  return Math.floor(value * 65536 + 0.5);
}

/** Limit of coordinates in 16.16 fixed point. */
function isFixed([a, b, c, d, e, f]: AffineMatrix, x: number, y: number): boolean {
  return Math.abs(x * a + y * b + c) < 32768 && Math.abs(x * d + y * e + f) < 32768;
}

/** Pillow's usual path: coordinates in 16.16 fixed point. */
function fixedInto(source: Picture, target: Picture, matrix: AffineMatrix, fill: ChannelFill): void {
  const [a, b, c, d, e, f] = matrix;
  kernels.copyAlongLines(
    ...kernelArguments(source, target),
    sixteenDotSixteen(c + a * 0.5 + b * 0.5),
    sixteenDotSixteen(f + d * 0.5 + e * 0.5),
    sixteenDotSixteen(a),
    sixteenDotSixteen(d),
    sixteenDotSixteen(b),
    sixteenDotSixteen(e),
    wordOf(fill),
  );
}

function cut(coordinate: number): number {
  return coordinate < 0 ? -1 : Math.trunc(coordinate);
}

/** Coordinates accumulated as doubles, for those beyond fixed point. */
function floatInto(source: Picture, target: Picture, matrix: AffineMatrix, fill: ChannelFill): void {
  const { width, height, channels } = source;
  const [a, b, c, d, e, f] = matrix;
  let startX = c + b * 0.5 + a * 0.5;
  let startY = f + e * 0.5 + d * 0.5;
  for (let y = 0; y < target.height; y++, startX += b, startY += e) {
    let atX = startX;
    let atY = startY;
    for (let x = 0; x < target.width; x++, atX += a, atY += d) {
      const column = cut(atX);
      const row = cut(atY);
      const write = y * target.width + x;
      if (column < 0 || column >= width || row < 0 || row >= height) {
        paint(target, write, write + 1, fill);
        continue;
      }
      const read = (row * width + column) * channels;
      for (let channel = 0; channel < channels; channel++) {
        target.data[write * channels + channel] = source.data[read + channel]!;
      }
    }
  }
}

/** Without shear and rotation: all rows have the same source columns. */
function scaleInto(
  source: Picture,
  target: Picture,
  [a, , c, , e, f]: AffineMatrix,
  fill: ChannelFill,
): void {
  const { width, height, channels } = source;
  const columns = new Int32Array(target.width);
  let first = target.width;
  let last = 0;
  for (let x = 0, at = c + a * 0.5; x < target.width; x++, at += a) {
    const column = cut(at);
    if (column < 0 || column >= width) continue;
    columns[x] = column * channels;
    first = Math.min(first, x);
    last = x + 1;
  }
  for (let y = 0, at = f + e * 0.5; y < target.height; y++, at += e) {
    const row = cut(at);
    const start = y * target.width;
    if (row < 0 || row >= height || last === 0) {
      paint(target, start, start + target.width, fill);
      continue;
    }
    paint(target, start, start + first, fill);
    paint(target, start + last, start + target.width, fill);
    const base = row * width * channels;
    let write = (start + first) * channels;
    for (let x = first; x < last; x++) {
      const read = base + columns[x]!;
      for (let channel = 0; channel < channels; channel++)
        target.data[write++] = source.data[read + channel]!;
    }
  }
}

/**
 * Pillow's affine transform with NEAREST, in its arithmetic: coordinates are accumulated doubles when the matrix
 * only scales and shifts, otherwise 16.16 fixed point. Target pixels from outside the source get the fill.
 */
export function affineNearestInto(
  source: Picture,
  target: Picture,
  matrix: AffineMatrix,
  fill: ChannelFill,
): void {
  const [a, b, c, d, e, f] = matrix;
  const { width, height } = target;
  if (b === 0 && d === 0) {
    const whole = Number.isInteger(c) && Number.isInteger(f) && isFixed(matrix, 0, 0);
    const shiftOnly = a === 1 && e === 1 && whole;
    if (shiftOnly) cropInto(source, target, c, f, 'constant', fill);
    else scaleInto(source, target, matrix, fill);
    return;
  }
  const fixed =
    isFixed(matrix, 0, 0) &&
    isFixed(matrix, width, height) &&
    isFixed(matrix, 0, height) &&
    isFixed(matrix, width, 0);
  if (fixed) fixedInto(source, target, matrix, fill);
  else floatInto(source, target, matrix, fill);
}
