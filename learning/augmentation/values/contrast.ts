import { expectFinite } from '../checks.js';
import type { Picture } from '../picture.js';
import { blended } from './blend.js';
import { meanLuma } from './luma.js';
import { changed, fillTable, tableInto } from './table.js';

const table = new Uint8Array(256);

/** See {@link contrast}. The target may be the source. */
export function contrastInto(source: Picture, target: Picture, factor: number): void {
  const mean = meanLuma(source);
  tableInto(
    source,
    target,
    fillTable(table, (level) => blended(mean, level, factor)),
  );
}

/**
 * Moves all levels away from, or towards, the picture's mean gray (Pillow's `ImageEnhance.Contrast`).
 * @param factor 0 is plain gray, 1 the picture; any finite number
 */
export function contrast(source: Picture, factor: number): Picture {
  expectFinite('factor', factor);
  return changed(source, (target) => contrastInto(source, target, factor));
}
