import type { Picture } from '../../learning/augmentation/picture.js';

/** A picture with lines of text below it. */
export interface Cell {
  readonly picture: Picture;
  readonly lines: readonly string[];
}

export interface Row {
  /** At the left: a name, with a smaller remark below. */
  readonly title?: readonly [name: string, remark: string];
  readonly cells: readonly Cell[];
}

/** Labelled pictures in rows, drawn by {@link drawSheet}. */
export interface Sheet {
  readonly title: string;
  readonly remark: string;
  readonly rows: readonly Row[];
  /** Lines below the pictures. */
  readonly foot?: readonly string[];
}

/** Splits cells into rows of so many columns. */
export function inRows(cells: readonly Cell[], columns: number): Row[] {
  const rows: Row[] = [];
  for (let first = 0; first < cells.length; first += columns) {
    rows.push({ cells: cells.slice(first, first + columns) });
  }
  return rows;
}
