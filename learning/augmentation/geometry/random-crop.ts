import type { KeyedRandom } from '../../../domain/random.js';
import { expectInteger, expectPair, refuse } from '../checks.js';
import { LARGEST_SIDE, type Size } from '../picture.js';
import type { Window } from './crop.js';

/**
 * Draws a window of the wanted size in the picture with `padding` pixels around it (torchvision's `RandomCrop`).
 * @param padding on all sides, or [left and right, top and bottom]
 * @throws ConfigurationError when the padded picture is smaller than the window
 */
export function planRandomCrop(
  size: Size,
  wanted: Size,
  padding: number | readonly [across: number, down: number],
  random: KeyedRandom,
): Window {
  const [across, down] = typeof padding === 'number' ? [padding, padding] : padding;
  expectInteger('padding', across, 0, LARGEST_SIDE);
  expectInteger('padding', down, 0, LARGEST_SIDE);
  const width = size.width + 2 * across;
  const height = size.height + 2 * down;
  if (height < wanted.height || width < wanted.width) {
    refuse(
      'wanted',
      `${wanted.width} x ${wanted.height}`,
      `at most the padded picture's ${width} x ${height} pixels`,
    );
  }
  return {
    left: random.integer(width - wanted.width + 1) - across,
    top: random.integer(height - wanted.height + 1) - down,
    width: wanted.width,
    height: wanted.height,
  };
}

export interface ResizedCrop {
  /** Range of the share of the picture's area; default: 0.08 to 1. */
  readonly scale?: readonly [number, number];
  /** Range of width by height; default: 3/4 to 4/3. */
  readonly ratio?: readonly [number, number];
}

const SCALE = [0.08, 1] as const;
const RATIO = [3 / 4, 4 / 3] as const;

/** @throws ConfigurationError when a pair is not ascending or out of its range */
export function expectResizedCrop({ scale = SCALE, ratio = RATIO }: ResizedCrop): void {
  expectPair('scale', scale, 1e-6, 1);
  expectPair('ratio', ratio, 1e-3, 1e3);
}

const TRIES = 10;

/** After ten draws that don't fit: the largest central window with an allowed aspect ratio. */
function centralWindow({ width, height }: Size, [least, most]: readonly [number, number]): Window {
  const shape = width / height;
  const wide = shape > most ? Math.round(height * most) : width;
  const high = shape < least ? Math.round(width / least) : height;
  return {
    left: Math.floor((width - wide) / 2),
    top: Math.floor((height - high) / 2),
    width: wide,
    height: high,
  };
}

/**
 * Draws a window of random area and aspect ratio inside the picture, to be resized afterwards (torchvision's
 * `RandomResizedCrop`).
 */
export function planResizedCrop(
  size: Size,
  { scale = SCALE, ratio = RATIO }: ResizedCrop,
  random: KeyedRandom,
): Window {
  expectResizedCrop({ scale, ratio });
  const lowest = Math.log(ratio[0]);
  const highest = Math.log(ratio[1]);
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const area = size.width * size.height * (scale[0] + (scale[1] - scale[0]) * random.uniform());
    const shape = Math.exp(lowest + (highest - lowest) * random.uniform());
    const width = Math.round(Math.sqrt(area * shape));
    const height = Math.round(Math.sqrt(area / shape));
    if (width < 1 || height < 1 || width > size.width || height > size.height) continue;
    const top = random.integer(size.height - height + 1);
    return { left: random.integer(size.width - width + 1), top, width, height };
  }
  return centralWindow(size, ratio);
}
