import { addressOf, kernels, memoryBuffer } from '../kernels/kernels.js';
import type { Picture } from '../picture.js';

/** Look-up table of levels: [channels, 256], or one row for all channels. */
export type LevelTable = Uint8Array;

const TABLE = kernels.TABLE.value;

/** Replaces each level by its entry in the table. The target may be the source. */
export function tableInto({ data }: Picture, target: Picture, table: LevelTable): void {
  new Uint8Array(memoryBuffer(), TABLE, table.length).set(table);
  const row = table.length === 256 ? 0 : 256;
  const from = addressOf(data);
  kernels.replaceLevels(from, addressOf(target.data), data.length, TABLE, TABLE + row, TABLE + 2 * row);
}

/** Makes a table from a function of the level; truncates its results and clamps them to 0 … 255. */
export function fillTable(table: LevelTable, level: (value: number) => number): LevelTable {
  for (let value = 0; value < 256; value++) {
    const result = level(value);
    table[value] = result <= 0 ? 0 : result >= 255 ? 255 : result;
  }
  return table;
}
