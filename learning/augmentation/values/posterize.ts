import { expectInteger } from '../checks.js';
import { newPicture } from '../kernels/kernel-memory.js';
import { addressOf, kernels } from '../kernels/kernels.js';
import type { Picture } from '../picture.js';

/** See {@link posterize}. The target may be the source. */
export function posterizeInto({ data }: Picture, target: Picture, bits: number): void {
  kernels.keepBits(addressOf(data), addressOf(target.data), data.length, 256 - 2 ** (8 - bits));
}

/**
 * Keeps the highest bits of each level (Pillow's `ImageOps.posterize`).
 * @param bits an integer from 0 (black) to 8 (the picture)
 */
export function posterize(source: Picture, bits: number): Picture {
  expectInteger('bits', bits, 0, 8);
  return newPicture(source, (from, to) => posterizeInto(from, to, bits));
}
