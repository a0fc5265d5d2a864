import { expectFinite } from '../checks.js';
import type { ChannelFill } from '../fill.js';
import { copyInto, type Picture } from '../picture.js';
import { type AffineMatrix, affineInto, type Sampling, warped } from './affine.js';
import type { Interpolation } from './interpolation.js';
import { rotate90Into, rotate180Into, rotate270Into } from './quarter-turn.js';

/** Rounds to 15 decimals, as Pillow rounds sines and cosines: right angles become exact. */
function rounded(value: number): number {
  return Number(value.toFixed(15));
}

function rotationMatrix(degrees: number, { width, height }: Picture): AffineMatrix {
  const angle = -(degrees * (Math.PI / 180));
  const cosine = rounded(Math.cos(angle));
  const sine = rounded(Math.sin(angle));
  const minusSine = rounded(-Math.sin(angle));
  const centreX = width / 2;
  const centreY = height / 2;
  return [
    cosine,
    sine,
    cosine * -centreX + sine * -centreY + 0 + centreX,
    minusSine,
    cosine,
    minusSine * -centreX + cosine * -centreY + 0 + centreY,
  ];
}

/** See {@link rotate}. The target is another buffer of the same shape. */
export function rotateInto(
  source: Picture,
  target: Picture,
  degrees: number,
  interpolation: Interpolation,
  fill: ChannelFill,
): void {
  // Python's remainder: from 0 to 360 for negative angles too.
  const remainder = degrees % 360;
  const angle = remainder < 0 ? remainder + 360 : remainder;
  const square = source.width === source.height;
  if (angle === 0) copyInto(source, target);
  else if (angle === 180) rotate180Into(source, target);
  else if (angle === 90 && square) rotate90Into(source, target);
  else if (angle === 270 && square) rotate270Into(source, target);
  else affineInto(source, target, rotationMatrix(angle, source), interpolation, fill);
}

/**
 * Rotates the picture counter-clockwise around its centre, as Pillow's `Image.rotate`; the size stays, and corners are
 * cut off.
 * @param degrees any finite number
 */
export function rotate(source: Picture, degrees: number, sampling: Sampling = {}): Picture {
  expectFinite('degrees', degrees);
  return warped(source, sampling, (from, to, interpolation, fill) =>
    rotateInto(from, to, degrees, interpolation, fill),
  );
}
