import { newPicture } from '../kernels/kernel-memory.js';
import type { Picture } from '../picture.js';
import { solarizeInto } from './solarize.js';

/** See {@link invert}. The target may be the source. */
export function invertInto(source: Picture, target: Picture): void {
  solarizeInto(source, target, 0);
}

/** Replaces each level by 255 - level. */
export function invert(source: Picture): Picture {
  return newPicture(source, invertInto);
}
