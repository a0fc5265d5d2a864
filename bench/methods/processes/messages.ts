import type { Measurement } from '../results.js';

/** What a cell process is told: the name of the next cell. */
export interface ToCellProcess {
  readonly cell: string;
}

/** What it answers. */
export type FromCellProcess =
  | { readonly kind: 'says'; readonly text: string }
  | { readonly kind: 'measured'; readonly measurement: Measurement }
  | { readonly kind: 'failed'; readonly error: string };
