import type { LeftOut } from '../../../domain/left-out.js';
import type { ImageShape } from '../../../domain/records.js';

/** Pixels from an archive file: uint8, row by row, channels last. */
export interface Pixels {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3;
}

/** A picture of a source, not read yet. */
export interface Picture {
  /** Name for people: a path, or a file and the position in it. */
  readonly name: string;
  /** Class name; absent if the picture has none. */
  readonly label?: string;
  /** The row that names the picture, for example `line 7 of "sheet.csv"`; only given if the file is missing. */
  readonly missing?: string;
  readonly content:
    | { readonly file: string }
    | { readonly shape: ImageShape; readonly pixels: () => Promise<Pixels> };
}

/** Pictures of a source, from names, sizes and labels only. */
export interface SourceListing {
  /** Class names in numeric order; may include classes without pictures. */
  readonly classes: readonly string[];
  readonly pictures: readonly Picture[];
  /** One line for each file (path, size, modification time): equal lines mean an unchanged source. */
  readonly stamps: readonly string[];
  /** What was passed over. */
  readonly leftOut: readonly LeftOut[];
}

export interface ListContext {
  /** Path of the source's setting, for example `data.labelled`. */
  readonly field: string;
  /** True if labels are required; false if they are not read. */
  readonly wantsLabels: boolean | 'where-given';
  /** Called for each file; an error that it throws ends the listing. */
  readonly watch: () => void;
}

/** Code-unit order of the NFC forms: the same in every locale and on every file system. */
export function byName(first: string, second: string): number {
  const [a, b] = [first.normalize('NFC'), second.normalize('NFC')];
  if (a !== b) return a < b ? -1 : 1;
  return first < second ? -1 : first > second ? 1 : 0;
}

/** Distinct names, NFC, in {@link byName} order. */
export function classNames(names: Iterable<string>): string[] {
  return [...new Set([...names].map((name) => name.normalize('NFC')))].sort(byName);
}
