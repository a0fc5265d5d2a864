import { stringify } from 'csv-stringify/sync';

/** Rows below a header as CSV. Quotes cells that a reader would trim or split otherwise. */
export function csvText(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return stringify([head, ...rows], { quoted_match: /^\s|\s$|\r/ });
}
