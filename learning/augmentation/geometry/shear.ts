import { expectFinite } from '../checks.js';
import type { ChannelFill } from '../fill.js';
import type { Picture } from '../picture.js';
import { type AffineMatrix, affineInto, type Sampling, warped } from './affine.js';
import type { Interpolation } from './interpolation.js';

const DEGREE = Math.PI / 180;

/** The slope after torchvision's conversion to degrees and back. */
function angleOf(slope: number): number {
  return Math.atan(slope) * (180 / Math.PI) * DEGREE;
}

function shearXMatrix(slope: number): AffineMatrix {
  return [1, Math.tan(angleOf(slope)), 0, 0, 1, 0];
}

function shearYMatrix(slope: number): AffineMatrix {
  const angle = angleOf(slope);
  return [1, 0, 0, Math.sin(angle) / Math.cos(angle), 1, 0];
}

/** Shears along x around the upper left corner; see {@link shearX}. */
export function shearXInto(
  source: Picture,
  target: Picture,
  slope: number,
  interpolation: Interpolation,
  fill: ChannelFill,
): void {
  affineInto(source, target, shearXMatrix(slope), interpolation, fill);
}

/** Shears along y around the upper left corner; see {@link shearY}. */
export function shearYInto(
  source: Picture,
  target: Picture,
  slope: number,
  interpolation: Interpolation,
  fill: ChannelFill,
): void {
  affineInto(source, target, shearYMatrix(slope), interpolation, fill);
}

/**
 * Shears along x around the upper left corner, as torchvision's RandAugment does: row y shows the pixels that were
 * `slope * y` further right.
 * @param slope tangent of the angle; any finite number, -1 to 1 is usual
 */
export function shearX(source: Picture, slope: number, sampling: Sampling = {}): Picture {
  expectFinite('slope', slope);
  return warped(source, sampling, (from, to, interpolation, fill) =>
    shearXInto(from, to, slope, interpolation, fill),
  );
}

/** As {@link shearX}, along y. */
export function shearY(source: Picture, slope: number, sampling: Sampling = {}): Picture {
  expectFinite('slope', slope);
  return warped(source, sampling, (from, to, interpolation, fill) =>
    shearYInto(from, to, slope, interpolation, fill),
  );
}
