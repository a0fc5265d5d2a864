import type { Picture } from '../picture.js';
import { changed, tableInto } from './table.js';

const INVERTED = Uint8Array.from({ length: 256 }, (_, level) => 255 - level);

/** See {@link invert}. The target may be the source. */
export function invertInto(source: Picture, target: Picture): void {
  tableInto(source, target, INVERTED);
}

/** 255 minus each level. */
export function invert(source: Picture): Picture {
  return changed(source, (target) => invertInto(source, target));
}
