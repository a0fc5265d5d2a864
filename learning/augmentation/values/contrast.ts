import { expectFinite } from '../checks.js';
import { newPicture } from '../kernels/kernel-memory.js';
import type { Picture } from '../picture.js';
import { blendInto } from './blend.js';
import { meanLuma } from './statistics.js';

/** See {@link contrast}. The target may be the source. */
export function contrastInto(source: Picture, target: Picture, factor: number): void {
  blendInto(source, target, meanLuma(source), factor);
}

/**
 * Moves all levels away from, or towards, the picture's mean gray (Pillow's `ImageEnhance.Contrast`).
 * @param factor 0 is plain gray, 1 the picture; any finite number
 */
export function contrast(source: Picture, factor: number): Picture {
  expectFinite('factor', factor);
  return newPicture(source, (from, to) => contrastInto(from, to, factor));
}
