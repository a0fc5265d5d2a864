import Table from 'cli-table3';
import pc from 'picocolors';

/** For cli-table3: columns that nothing but space sets apart. */
export const NO_LINES = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '  ',
};

/** Whether the standard output is a terminal that may be coloured. */
export const hasColour = process.stdout.isTTY === true && !process.env['NO_COLOR'];
export const colours = pc.createColors(hasColour);

/**
 * A table without lines, one text row a data row, so that `grep` and `awk` get on with it.
 * @param options.right columns to be aligned to the right
 */
export function table(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  { right = [], indent = '' }: { readonly right?: readonly number[]; readonly indent?: string } = {},
): string {
  const made = new Table({
    head: head.map((text) => colours.dim(text.toUpperCase())),
    chars: NO_LINES,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
    colAligns: head.map((_, column) => (right.includes(column) ? 'right' : 'left')),
  });
  made.push(...rows.map((row) => [...row]));
  return made
    .toString()
    .split('\n')
    .map((line) => `${indent}${line.trimEnd()}`)
    .join('\n');
}
