import type { KeyedRandom } from '../../../domain/random.js';
import { expectInteger, expectPair } from '../checks.js';
import { LARGEST_SIDE, type Size } from '../picture.js';
import { type Box, boxAround } from './box.js';

/**
 * Draws Cutout's square, clipped at the border: its centre is any pixel (DeVries and Taylor 2017).
 * @param half half of its side, in pixels
 */
export function planCutout(size: Size, half: number, random: KeyedRandom): Box {
  expectInteger('half', half, 0, LARGEST_SIDE);
  const x = random.integer(size.width);
  const y = random.integer(size.height);
  return boxAround(x, y, half, half, size);
}

export interface Erasing {
  /** Range of the share of the picture's area; default: 0.02 to 0.33. */
  readonly scale?: readonly [number, number];
  /** Range of height by width; default: 0.3 to 3.3. */
  readonly ratio?: readonly [number, number];
}

const SCALE = [0.02, 0.33] as const;
const RATIO = [0.3, 3.3] as const;

/** @throws ConfigurationError when a pair is not ascending or out of its range */
export function expectErasing({ scale = SCALE, ratio = RATIO }: Erasing): void {
  expectPair('scale', scale, 0, 1);
  expectPair('ratio', ratio, 1e-3, 1e3);
}

const TRIES = 10;

function between(random: KeyedRandom, least: number, most: number): number {
  return least + (most - least) * random.uniform();
}

/**
 * Draws the box of random erasing, inside the picture (Zhong et al. 2017; torchvision's `RandomErasing`). Empty if none
 * of ten draws fits.
 */
export function planErasing(size: Size, { scale = SCALE, ratio = RATIO }: Erasing, random: KeyedRandom): Box {
  expectErasing({ scale, ratio });
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const area = size.width * size.height * between(random, ...scale);
    const shape = Math.exp(between(random, Math.log(ratio[0]), Math.log(ratio[1])));
    const height = Math.round(Math.sqrt(area * shape));
    const width = Math.round(Math.sqrt(area / shape));
    if (height >= size.height || width >= size.width) continue;
    const top = random.integer(size.height - height + 1);
    const left = random.integer(size.width - width + 1);
    return { left, top, right: left + width, bottom: top + height };
  }
  return { left: 0, top: 0, right: 0, bottom: 0 };
}
