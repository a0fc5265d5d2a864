import { expectPicture, likePicture, type Picture } from '../picture.js';

/** What each level becomes: [channels, 256]; one row serves all channels. */
export type LevelTable = Uint8Array;

/** Where both are aligned, words are read and written: byte loads and stores cost more than the look-ups. */
function wordsOf(from: Uint8Array, to: Uint8Array): number {
  return ((from.byteOffset | to.byteOffset) & 3) === 0 ? from.length >> 2 : 0;
}

function oneTableInto(from: Uint8Array, to: Uint8Array, table: LevelTable): void {
  const words = wordsOf(from, to);
  if (words > 0) {
    const source = new Int32Array(from.buffer, from.byteOffset, words);
    const target = new Int32Array(to.buffer, to.byteOffset, words);
    for (let word = 0; word < words; word++) {
      const four = source[word]!;
      target[word] =
        table[four & 255]! |
        (table[(four >>> 8) & 255]! << 8) |
        (table[(four >>> 16) & 255]! << 16) |
        (table[four >>> 24]! << 24);
    }
  }
  for (let at = words << 2; at < from.length; at++) to[at] = table[from[at]!]!;
}

/** Three channels: four pixels are three words. */
function threeTablesInto(from: Uint8Array, to: Uint8Array, table: LevelTable): void {
  const triples = Math.floor(wordsOf(from, to) / 3);
  if (triples > 0) {
    const words = triples * 3;
    const source = new Int32Array(from.buffer, from.byteOffset, words);
    const target = new Int32Array(to.buffer, to.byteOffset, words);
    for (let word = 0; word < words; word += 3) {
      const one = source[word]!;
      const two = source[word + 1]!;
      const three = source[word + 2]!;
      target[word] =
        table[one & 255]! |
        (table[256 + ((one >>> 8) & 255)]! << 8) |
        (table[512 + ((one >>> 16) & 255)]! << 16) |
        (table[one >>> 24]! << 24);
      target[word + 1] =
        table[256 + (two & 255)]! |
        (table[512 + ((two >>> 8) & 255)]! << 8) |
        (table[(two >>> 16) & 255]! << 16) |
        (table[256 + (two >>> 24)]! << 24);
      target[word + 2] =
        table[512 + (three & 255)]! |
        (table[(three >>> 8) & 255]! << 8) |
        (table[256 + ((three >>> 16) & 255)]! << 16) |
        (table[512 + (three >>> 24)]! << 24);
    }
  }
  for (let at = triples * 12; at < from.length; at += 3) {
    to[at] = table[from[at]!]!;
    to[at + 1] = table[256 + from[at + 1]!]!;
    to[at + 2] = table[512 + from[at + 2]!]!;
  }
}

/** Replaces each level by the table's. The target may be the source. */
export function tableInto(source: Picture, target: Picture, table: LevelTable): void {
  if (table.length === 256) oneTableInto(source.data, target.data, table);
  else threeTablesInto(source.data, target.data, table);
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
