import { expectPicture, likePicture, type Picture } from '../picture.js';

/** What each level becomes: [channels, 256]; one row serves all channels. */
export type LevelTable = Uint8Array;

/** Four bytes at a time where both are aligned; JavaScript's byte loads and stores cost more than the look-ups. */
function oneTableInto(from: Uint8Array, to: Uint8Array, table: LevelTable): void {
  let at = 0;
  if (from.length >= 64 && (from.byteOffset & 3) === 0 && (to.byteOffset & 3) === 0) {
    const words = from.length >> 2;
    const source = new Uint32Array(from.buffer, from.byteOffset, words);
    const target = new Uint32Array(to.buffer, to.byteOffset, words);
    for (let word = 0; word < words; word++) {
      const four = source[word]!;
      target[word] =
        table[four & 255]! |
        (table[(four >>> 8) & 255]! << 8) |
        (table[(four >>> 16) & 255]! << 16) |
        (table[four >>> 24]! << 24);
    }
    at = words << 2;
  }
  for (; at < from.length; at++) to[at] = table[from[at]!]!;
}

/** Replaces each level by the table's. The target may be the source. */
export function tableInto(source: Picture, target: Picture, table: LevelTable): void {
  const from = source.data;
  const to = target.data;
  if (table.length === 256) {
    oneTableInto(from, to, table);
    return;
  }
  for (let at = 0; at < from.length; at += 3) {
    to[at] = table[from[at]!]!;
    to[at + 1] = table[256 + from[at + 1]!]!;
    to[at + 2] = table[512 + from[at + 2]!]!;
  }
}

/** A new picture by an inner function, after checking the source. */
export function changed(source: Picture, change: (target: Picture) => void): Picture {
  expectPicture('picture', source);
  const target = likePicture(source);
  change(target);
  return target;
}

/** A table from a function of the level, whose results are cut off and kept within 0 … 255. */
export function fillTable(table: LevelTable, level: (value: number) => number): LevelTable {
  for (let value = 0; value < 256; value++) {
    const result = level(value);
    table[value] = result <= 0 ? 0 : result >= 255 ? 255 : result;
  }
  return table;
}
