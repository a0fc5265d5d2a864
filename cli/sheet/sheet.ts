import type { Picture } from '../../learning/augmentation/picture.js';

/** One picture of a sheet, and what is written below it. */
export interface Cell {
  readonly picture: Picture;
  readonly lines: readonly string[];
}

export interface Row {
  /** At the left: a name, and something smaller below. */
  readonly title?: readonly [name: string, remark: string];
  readonly cells: readonly Cell[];
}

/** Pictures in rows, labelled: data, drawn by {@link drawSheet}. */
export interface Sheet {
  readonly title: string;
  readonly remark: string;
  readonly rows: readonly Row[];
  /** Lines at the end. */
  readonly foot?: readonly string[];
}

/** Cells in rows of about the shape of a page. */
export function inRows(cells: readonly Cell[], columns: number): Row[] {
  const rows: Row[] = [];
  for (let first = 0; first < cells.length; first += columns) {
    rows.push({ cells: cells.slice(first, first + columns) });
  }
  return rows;
}
