import type { Picture } from '../picture.js';

/** A resampling kernel and how far it reaches, in pixels of the larger of the two grids. */
export interface Kernel {
  readonly reach: number;
  readonly weight: (distance: number) => number;
}

/** Fractional bits of weights: 8 for the level and 2 against overflow are left of 32. */
const PRECISION = 22;

/** For each target place: the first source pixel, how many, and their weights in fixed point. */
interface Contributions {
  readonly most: number;
  readonly first: Int32Array;
  readonly count: Int32Array;
  /** [places, most] */
  readonly weights: Int32Array;
}

function contributions(length: number, wanted: number, kernel: Kernel): Contributions {
  const scale = length / wanted;
  const widening = Math.max(scale, 1);
  const reach = kernel.reach * widening;
  const most = Math.ceil(reach) * 2 + 1;
  const narrowing = 1 / widening;
  const first = new Int32Array(wanted);
  const count = new Int32Array(wanted);
  const weights = new Int32Array(wanted * most);
  const exact = new Float64Array(most);
  for (let place = 0; place < wanted; place++) {
    const centre = (place + 0.5) * scale;
    const from = Math.max(0, Math.trunc(centre - reach + 0.5));
    const pixels = Math.min(length, Math.trunc(centre + reach + 0.5)) - from;
    let sum = 0;
    for (let index = 0; index < pixels; index++) {
      exact[index] = kernel.weight((index + from - centre + 0.5) * narrowing);
      sum += exact[index]!;
    }
    for (let index = 0; index < pixels; index++) {
      const weight = (sum === 0 ? exact[index]! : exact[index]! / sum) * (1 << PRECISION);
      weights[place * most + index] = weight < 0 ? weight - 0.5 : weight + 0.5;
    }
    first[place] = from;
    count[place] = pixels;
  }
  return { most, first, count, weights };
}

function clipped(sum: number): number {
  const level = sum >> PRECISION;
  return level < 0 ? 0 : level > 255 ? 255 : level;
}

const HALF = 1 << (PRECISION - 1);

/** Columns of the rows from `top` on, into a buffer that starts with that row. */
function alongRows(
  source: Picture,
  top: number,
  rows: number,
  width: number,
  by: Contributions,
  to: Uint8Array,
): void {
  const { channels, data } = source;
  for (let y = 0, write = 0; y < rows; y++) {
    const row = (top + y) * source.width * channels;
    for (let x = 0; x < width; x++) {
      const start = row + by.first[x]! * channels;
      const count = by.count[x]!;
      const weight = x * by.most;
      for (let channel = 0; channel < channels; channel++) {
        let sum = HALF;
        for (let index = 0, read = start + channel; index < count; index++, read += channels) {
          sum = (sum + Math.imul(data[read]!, by.weights[weight + index]!)) | 0;
        }
        to[write++] = clipped(sum);
      }
    }
  }
}

/** Rows of a buffer whose first row is `top` of the source. */
function alongColumns(
  from: Uint8Array,
  top: number,
  stride: number,
  height: number,
  by: Contributions,
  to: Uint8Array,
): void {
  for (let y = 0; y < height; y++) {
    const start = (by.first[y]! - top) * stride;
    const count = by.count[y]!;
    const weight = y * by.most;
    for (let x = 0; x < stride; x++) {
      let sum = HALF;
      for (let index = 0, read = start + x; index < count; index++, read += stride) {
        sum = (sum + Math.imul(from[read]!, by.weights[weight + index]!)) | 0;
      }
      to[y * stride + x] = clipped(sum);
    }
  }
}

/** Columns, then rows; only the rows that the second pass reads. */
function columnsFirst(source: Picture, target: Picture, kernel: Kernel): void {
  const { width, height, channels } = source;
  const columns = contributions(width, target.width, kernel);
  if (target.height === height) {
    alongRows(source, 0, height, target.width, columns, target.data);
    return;
  }
  const rows = contributions(height, target.height, kernel);
  const top = rows.first[0]!;
  const used = rows.first[target.height - 1]! + rows.count[target.height - 1]! - top;
  const between = new Uint8Array(target.width * used * channels);
  alongRows(source, top, used, target.width, columns, between);
  alongColumns(between, top, target.width * channels, target.height, rows, target.data);
}

function rowsFirst(source: Picture, target: Picture, kernel: Kernel): void {
  const { width, height, channels } = source;
  const rows = contributions(height, target.height, kernel);
  const stride = width * channels;
  const both = target.width !== width;
  const between = both ? new Uint8Array(stride * target.height) : target.data;
  alongColumns(source.data, 0, stride, target.height, rows, between);
  if (!both) return;
  const shortened = { width, height: target.height, channels, data: between };
  const columns = contributions(width, target.width, kernel);
  alongRows(shortened, 0, target.height, target.width, columns, target.data);
}

/**
 * Pillow's `Image.resize` with a kernel, in its arithmetic: 22-bit fixed-point weights, levels rounded between the
 * two passes. Columns come first unless the height shrinks by more than twice what the width does (since Pillow
 * 13). Smaller pictures are antialiased: the kernel is widened. One of the sides, or both, must change.
 */
export function resampleInto(source: Picture, target: Picture, kernel: Kernel): void {
  const shorter = source.height - target.height;
  const narrower = source.width - target.width;
  if (narrower === 0 || (shorter > 0 && shorter > 2 * narrower)) rowsFirst(source, target, kernel);
  else columnsFirst(source, target, kernel);
}
