import type { Measurement } from '../results.js';

/** Message to a cell process: the name of the next cell. */
export interface ToCellProcess {
  readonly cell: string;
}

/** Messages from a cell process. */
export type FromCellProcess =
  | { readonly kind: 'progress'; readonly text: string }
  | { readonly kind: 'measured'; readonly measurement: Measurement }
  | { readonly kind: 'failed'; readonly error: string };
