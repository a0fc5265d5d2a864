import { stringify } from 'csv-stringify/sync';

/** Formats rows below a header as CSV. Quotes cells that a reader would otherwise trim or split. */
export function csvText(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return stringify([head, ...rows], { quoted_match: /^\s|\s$|\r/ });
}
