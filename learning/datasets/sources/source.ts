/** Pixels as an archive file holds them: uint8, row by row, channels last. */
export interface Pixels {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3;
}

/** One picture of a source, not read yet. */
export interface Picture {
  /** Names it for people: a path, or a file and the position in it. */
  readonly name: string;
  /** Class name; absent where it has none. */
  readonly label?: string;
  /** Where a list names it, for example `line 7 of "sheet.csv"`; only given where there is no such file. */
  readonly missing?: string;
  readonly content: { readonly file: string } | { readonly pixels: () => Promise<Pixels> };
}

/** What a source holds, by looking at names, sizes and labels only. */
export interface SourceListing {
  /** In the order that numbers them; may name classes without a picture. */
  readonly classes: readonly string[];
  readonly pictures: readonly Picture[];
  /** One line a file (path, size, modification time): equal lines, unchanged source. */
  readonly stamps: readonly string[];
}

/** How a source is to be listed. */
export interface ListContext {
  /** Where it stands in the configuration, for example `data.labelled`. */
  readonly field: string;
  /** True where there must be labels; false where they are not looked at. */
  readonly wantsLabels: boolean | 'where-given';
  /** Called as each file is looked at; what it throws ends the listing. */
  readonly watch: () => void;
}

/** Code-unit order of the NFC forms: the same in every locale and on every file system. */
export function byName(first: string, second: string): number {
  const [a, b] = [first.normalize('NFC'), second.normalize('NFC')];
  if (a !== b) return a < b ? -1 : 1;
  return first < second ? -1 : first > second ? 1 : 0;
}

/** Different names, NFC, in {@link byName} order. */
export function classNames(names: Iterable<string>): string[] {
  return [...new Set([...names].map((name) => name.normalize('NFC')))].sort(byName);
}
