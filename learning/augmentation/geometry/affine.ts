import { expectFinite, expectOneOf, refuse } from '../checks.js';
import { type ChannelFill, channelFill, type Fill } from '../fill.js';
import { newPicture } from '../kernels/kernel-memory.js';
import { expectPicture, expectSize, type Picture } from '../picture.js';
import { type AffineMatrix, affineNearestInto } from './affine-nearest.js';
import { affineBicubicInto, affineBilinearInto } from './affine-smooth.js';
import { INTERPOLATIONS, type Interpolation } from './interpolation.js';

export type { AffineMatrix } from './affine-nearest.js';

/** Interpolation of a warped picture, and colour outside the source. */
export interface Sampling {
  /** default: `nearest` */
  readonly interpolation?: Interpolation;
  /** default: 0 (black) */
  readonly fill?: Fill;
}

const WAYS: Record<Interpolation, typeof affineNearestInto> = {
  nearest: affineNearestInto,
  bilinear: affineBilinearInto,
  bicubic: affineBicubicInto,
};

/** Warps by a matrix from target to source. The target is another buffer; its size may differ. */
export function affineInto(
  source: Picture,
  target: Picture,
  matrix: AffineMatrix,
  interpolation: Interpolation,
  fill: ChannelFill,
): void {
  WAYS[interpolation](source, target, matrix, fill);
}

/** Runs a warp after checking its arguments, in the kernels' memory. */
export function warped(
  source: Picture,
  { interpolation = 'nearest', fill = 0 }: Sampling,
  warp: (source: Picture, target: Picture, interpolation: Interpolation, fill: ChannelFill) => void,
  size: { readonly width: number; readonly height: number } = source,
): Picture {
  expectPicture('picture', source);
  expectSize('size', size.width, size.height);
  expectOneOf('interpolation', interpolation, INTERPOLATIONS);
  const levels = channelFill(fill, source.channels);
  return newPicture(source, (from, to) => warp(from, to, interpolation, levels), size);
}

/**
 * Pillow's `Image.transform(size, Image.AFFINE, matrix)`: each target pixel's centre is mapped into the source.
 * @param matrix target to source: x' = a x + b y + c, y' = d x + e y + f
 */
export function affine(
  source: Picture,
  matrix: AffineMatrix,
  sampling: Sampling = {},
  size?: { readonly width: number; readonly height: number },
): Picture {
  if (matrix.length !== 6) refuse('matrix', matrix, '6 numbers');
  matrix.forEach((value, index) => {
    expectFinite(`matrix[${index}]`, value);
  });
  return warped(
    source,
    sampling,
    (from, to, interpolation, levels) => affineInto(from, to, matrix, interpolation, levels),
    size,
  );
}
