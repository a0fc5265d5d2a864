import { expectInteger } from '../checks.js';
import type { Picture } from '../picture.js';
import { changed, fillTable, tableInto } from './table.js';

const table = new Uint8Array(256);

/** See {@link posterize}. The target may be the source. */
export function posterizeInto(source: Picture, target: Picture, bits: number): void {
  const mask = 256 - 2 ** (8 - bits);
  tableInto(
    source,
    target,
    fillTable(table, (level) => level & mask),
  );
}

/**
 * Keeps the highest bits of each level (Pillow's `ImageOps.posterize`).
 * @param bits an integer from 0 (black) to 8 (the picture)
 */
export function posterize(source: Picture, bits: number): Picture {
  expectInteger('bits', bits, 0, 8);
  return changed(source, (target) => posterizeInto(source, target, bits));
}
