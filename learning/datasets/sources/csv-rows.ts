import { parse } from 'csv-parse/sync';
import { DataError } from '../../../domain/errors.js';
import { readPlain } from './archive-file.js';
import { expectPath } from './files.js';

export interface CsvRow {
  readonly record: Readonly<Record<string, string>>;
  /** Last line of the row, counted from 1. */
  readonly info: { readonly lines: number };
}

/** Line and file of a row, for messages. */
export function placeOf(line: number, file: string): string {
  return `line ${line} of "${file}"`;
}

function parseRows(text: string, field: string, file: string): CsvRow[] {
  try {
    const options = { columns: true, bom: true, skip_empty_lines: true, trim: true, info: true } as const;
    return parse(text, options) as unknown as CsvRow[];
  } catch (error) {
    throw new DataError(`${field}: "${file}" can't be read as CSV: ${(error as Error).message}`, {
      cause: error,
    });
  }
}

/**
 * Reads the rows below a CSV file's header, at least one.
 * @param field path of the file's setting
 * @throws DataError when there is no such file, it can't be read as CSV, or has no rows
 */
export async function readCsv(field: string, file: string, what: string): Promise<CsvRow[]> {
  await expectPath(field, file, 'file', what);
  const rows = parseRows((await readPlain(file, field)).toString('utf8'), field, file);
  if (rows.length === 0) throw new DataError(`${field}: "${file}" has no rows below its header`);
  return rows;
}

/** @throws DataError when the header does not name the column */
export function expectColumn(rows: readonly CsvRow[], column: string, option: string, file: string): void {
  const columns = Object.keys(rows[0]!.record);
  if (columns.includes(column)) return;
  throw new DataError(
    `${option}: "${file}" has no column "${column}", its header names ${columns.map((name) => `"${name}"`).join(', ')}`,
  );
}
