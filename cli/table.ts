import Table from 'cli-table3';
import pc from 'picocolors';
import { harmless } from './harmless.js';

const EDGES =
  'top top-mid top-left top-right bottom bottom-mid bottom-left bottom-right left left-mid mid mid-mid right right-mid';

/** For cli-table3: separates columns by spaces only. */
export const NO_LINES = { ...Object.fromEntries(EDGES.split(' ').map((edge) => [edge, ''])), middle: '  ' };

export const hasColour = process.stdout.isTTY === true && !process.env['NO_COLOR'];
export const colours = pc.createColors(hasColour);

interface TableOptions {
  /** Columns that are aligned to the right. */
  readonly right?: readonly number[];
  readonly indent?: string;
  /** Widths of columns; longer cells are cut. By default a column is as wide as its longest cell. */
  readonly widths?: readonly (number | null)[];
}

/** Like `table`, with the head as given and the spaces at the ends of lines. */
export function tableLines(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  { right = [], indent = '', widths = [] }: TableOptions = {},
): string[] {
  const made = new Table({
    head: [...head],
    chars: { ...NO_LINES, left: indent },
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
    colAligns: head.map((_, column) => (right.includes(column) ? 'right' : 'left')),
    colWidths: [...widths],
  });
  made.push(...rows.map((row) => row.map(harmless)));
  return made.toString().split('\n');
}

/** The lines of a table that `grep` and `awk` can process: an upper-case head, then one line for each row. */
export function table(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  options?: Omit<TableOptions, 'widths'>,
): string[] {
  const titles = head.map((title) => colours.dim(title.toUpperCase()));
  return tableLines(titles, rows, options).map((line) => line.trimEnd());
}
