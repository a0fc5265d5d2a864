const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];
const FULL = '█';

/** A bar of exactly `columns` columns, filled to a share in 0..1 in steps of an eighth of a column. */
export function bar(share: number, columns: number): { readonly filled: string; readonly rest: string } {
  const within = Math.min(1, Math.max(0, Number.isFinite(share) ? share : 0));
  const eighths = Math.round(within * columns * 8);
  const filled = FULL.repeat(Math.floor(eighths / 8)) + EIGHTHS[eighths % 8]!;
  return { filled, rest: '░'.repeat(columns - filled.length) };
}
