import { parse } from 'csv-parse/sync';

const NAMES = { ',': 'commas', ';': 'semicolons', '\t': 'tabs', '|': 'pipes' } as const;

export type Separator = keyof typeof NAMES;

const SEPARATORS = Object.keys(NAMES) as Separator[];

/** "semicolons", for messages. */
export function separatorName(separator: Separator): string {
  return NAMES[separator];
}

function cells(header: string, separator: Separator): string[] {
  try {
    const rows = parse(header, { delimiter: separator, trim: true, to: 1 }) as string[][];
    return rows[0] ?? [];
  } catch {
    // A quote that this separator leaves open.
    return [];
  }
}

/**
 * Recognises the separator from the header line: the one that yields most of the wanted columns, then most columns.
 * Excel's first line `sep=;` decides it.
 * @returns firstLine is the number of the header's line, counted from 1
 */
export function recogniseSeparator(
  text: string,
  wanted: readonly string[],
): { readonly separator: Separator; readonly firstLine: number } {
  const lines = text.split(/\r\n|\r|\n/, 100);
  const said = /^sep=([,;\t|])$/i.exec(lines[0]!.replace(/["\s]+$/, '').replace(/^"/, ''));
  if (said) return { separator: said[1] as Separator, firstLine: 2 };
  const header = lines.find((line) => line.trim() !== '') ?? '';
  const scored = SEPARATORS.map((separator) => {
    const names = cells(header, separator).map((name) => name.toLowerCase());
    const known = wanted.filter((name) => names.includes(name.toLowerCase())).length;
    return { separator, known, columns: names.length };
  });
  const [best] = scored.sort((a, b) => b.known - a.known || b.columns - a.columns);
  return { separator: best!.separator, firstLine: 1 };
}
