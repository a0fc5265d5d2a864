import { expectInteger } from '../checks.js';
import type { ChannelFill } from '../fill.js';
import { LARGEST_SIDE, type Picture } from '../picture.js';
import { type Sampling, warped } from './affine.js';
import { cropInto } from './crop.js';

/** See {@link translate}. The target is another buffer of the same shape. */
export function translateInto(
  source: Picture,
  target: Picture,
  right: number,
  down: number,
  fill: ChannelFill,
): void {
  cropInto(source, target, -right, -down, 'constant', fill);
}

/**
 * Moves the picture by whole pixels, to the right and down; negative numbers move it left and up. Nothing is
 * interpolated.
 */
export function translate(
  source: Picture,
  right: number,
  down: number,
  { fill = 0 }: Pick<Sampling, 'fill'> = {},
): Picture {
  expectInteger('right', right, -LARGEST_SIDE, LARGEST_SIDE);
  expectInteger('down', down, -LARGEST_SIDE, LARGEST_SIDE);
  return warped(source, { fill }, (from, to, _, levels) => translateInto(from, to, right, down, levels));
}
