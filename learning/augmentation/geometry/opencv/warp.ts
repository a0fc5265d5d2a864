import { expectInteger, expectOneOf } from '../../checks.js';
import { type ChannelFill, channelFill, type Fill } from '../../fill.js';
import { expectPicture, LARGEST_SIDE, type Picture } from '../../picture.js';
import { roundHalfEven } from '../../round-half-even.js';
import { BORDER_MODES, type BorderMode } from './border.js';
import {
  expectMatrix,
  invertAffineTransform,
  invertPerspective,
  type Matrix23,
  type Matrix33,
} from './matrices.js';
import { readerOf, WARP_FLAGS, type WarpFlags } from './remap.js';

export interface WarpOptions {
  /** default: `linear` */
  readonly flags?: WarpFlags;
  /** WARP_INVERSE_MAP: the matrix maps target to source. */
  readonly inverseMap?: boolean;
  /** default: `constant` */
  readonly borderMode?: BorderMode;
  /** for `constant`; default: 0 */
  readonly borderValue?: Fill;
}

type Size = readonly [width: number, height: number];

/** Coordinates are clamped to OpenCV's 16-bit range. */
const FARTHEST = 32_767;

function bounded(value: number): number {
  return value < -FARTHEST ? -FARTHEST : value > FARTHEST ? FARTHEST : value;
}

/** As {@link warpPerspective}, with a matrix from target to source. The target is another buffer. */
export function warpInto(
  source: Picture,
  target: Picture,
  [[a, b, c], [d, e, f], [g, h, i]]: Matrix33,
  flags: WarpFlags,
  borderMode: BorderMode,
  borderValue: ChannelFill,
): void {
  const read = readerOf(flags, source, target, borderMode, borderValue);
  const { width, height, channels } = target;
  const affine = g === 0 && h === 0 && i === 1;
  let write = 0;
  // An affine matrix: 32-bit floats, each row's start rounded, then one fused multiply-add, as OpenCV 5 does.
  const a32 = Math.fround(a);
  const d32 = Math.fround(d);
  for (let y = 0; y < height; y++) {
    const rowX = Math.fround(Math.fround(Math.fround(b) * y) + Math.fround(c));
    const rowY = Math.fround(Math.fround(Math.fround(e) * y) + Math.fround(f));
    for (let x = 0; x < width; x++, write += channels) {
      const divisor = g * x + h * y + i;
      const scale = divisor === 0 ? 0 : 1 / divisor;
      const atX = bounded(affine ? Math.fround(a32 * x + rowX) : Math.fround((a * x + b * y + c) * scale));
      const atY = bounded(affine ? Math.fround(d32 * x + rowY) : Math.fround((d * x + e * y + f) * scale));
      if (flags === 'nearest') read(write, roundHalfEven(atX), roundHalfEven(atY), 0, 0);
      else {
        const left = Math.floor(atX);
        const top = Math.floor(atY);
        read(write, left, top, atX - left, atY - top);
      }
    }
  }
}

function warp(source: Picture, wayBack: Matrix33, [width, height]: Size, options: WarpOptions): Picture {
  const { flags = 'linear', borderMode = 'constant', borderValue = 0 } = options;
  const { channels } = source;
  const sized = width === 0 && height === 0 ? source : { width, height };
  const data = new Uint8Array(sized.width * sized.height * channels);
  const target = { width: sized.width, height: sized.height, channels, data };
  warpInto(source, target, wayBack, flags, borderMode, channelFill(borderValue, channels));
  return target;
}

function expectWarp(
  src: Picture,
  dsize: Size,
  { flags = 'linear', borderMode = 'constant' }: WarpOptions,
): void {
  expectPicture('src', src);
  // Only [0, 0] means the source's size.
  const least = dsize[0] === 0 && dsize[1] === 0 ? 0 : 1;
  expectInteger('dsize[0]', dsize[0], least, LARGEST_SIDE);
  expectInteger('dsize[1]', dsize[1], least, LARGEST_SIDE);
  expectOneOf('flags', flags, WARP_FLAGS);
  expectOneOf('borderMode', borderMode, BORDER_MODES);
}

/**
 * Warps by an affine matrix (OpenCV `warpAffine`). Pixel centres are integers; the matrix maps source to target unless
 * `inverseMap` is set.
 * @param dsize [width, height] of the result; [0, 0] for the source's
 */
export function warpAffine(src: Picture, M: Matrix23, dsize: Size, options: WarpOptions = {}): Picture {
  expectWarp(src, dsize, options);
  expectMatrix('M', M, 2);
  const [first, second] = options.inverseMap ? M : invertAffineTransform(M);
  return warp(src, [first, second, [0, 0, 1]], dsize, options);
}

/**
 * Warps by a perspective matrix (OpenCV `warpPerspective`); as {@link warpAffine} otherwise.
 * @param dsize [width, height] of the result; [0, 0] for the source's
 */
export function warpPerspective(src: Picture, M: Matrix33, dsize: Size, options: WarpOptions = {}): Picture {
  expectWarp(src, dsize, options);
  expectMatrix('M', M, 3);
  return warp(src, options.inverseMap ? M : invertPerspective(M), dsize, options);
}
