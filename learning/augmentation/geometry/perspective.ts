import type { KeyedRandom } from '../../../domain/random.js';
import type { ChannelFill } from '../fill.js';
import { copyInto, type Picture, type Size } from '../picture.js';
import type { Interpolation } from './interpolation.js';
import { getPerspectiveTransform, invertPerspective } from './opencv/matrices.js';
import type { Point } from './opencv/points.js';
import type { WarpFlags } from './opencv/remap.js';
import { warpInto } from './opencv/warp.js';

/** Upper left, upper right, lower right, lower left. */
export type Corners = readonly [Point, Point, Point, Point];

function cornersOf({ width, height }: Size): Corners {
  return [
    [0, 0],
    [width - 1, 0],
    [width - 1, height - 1],
    [0, height - 1],
  ];
}

/** Less than a third of a side: from there on, three corners can be collinear and determine no transform. */
function reach(distortion: number, side: number): number {
  const farthest = Math.max(0, Math.ceil((side - 1) / 3) - 1);
  return Math.min(Math.trunc(distortion * (side >> 1)), farthest);
}

/**
 * Draws new corners: each moves inwards by up to a share of half the side (torchvision's `RandomPerspective`, but
 * limited to two thirds).
 * @param distortion 0 to 1
 */
export function planPerspective(size: Size, distortion: number, random: KeyedRandom): Corners {
  const across = reach(distortion, size.width);
  const down = reach(distortion, size.height);
  const inwards = ([x, y]: Point): Point => {
    const right = random.integer(across + 1);
    const below = random.integer(down + 1);
    return [x === 0 ? right : x - right, y === 0 ? below : y - below];
  };
  const [upperLeft, upperRight, lowerRight, lowerLeft] = cornersOf(size);
  return [inwards(upperLeft), inwards(upperRight), inwards(lowerRight), inwards(lowerLeft)];
}

const FLAGS: Record<Interpolation, WarpFlags> = { nearest: 'nearest', bilinear: 'linear', bicubic: 'cubic' };

/** Warps the corners to others, as `warpPerspective` does. The target is another buffer of the same shape. */
export function perspectiveInto(
  source: Picture,
  target: Picture,
  corners: Corners,
  interpolation: Interpolation,
  fill: ChannelFill,
): void {
  // A line of pixels has no corners to move.
  if (source.width === 1 || source.height === 1) {
    copyInto(source, target);
    return;
  }
  const matrix = getPerspectiveTransform(cornersOf(source), corners);
  warpInto(source, target, invertPerspective(matrix), FLAGS[interpolation], 'constant', fill);
}
