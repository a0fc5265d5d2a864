import { parse } from 'csv-parse/sync';
import { decodeText, EncodingError } from '../../../domain/decode-text.js';
import { DataError } from '../../../domain/errors.js';
import { readPlain } from './archive-file.js';
import { recogniseSeparator, type Separator, separatorName } from './csv-separator.js';
import { expectPath } from './files.js';

export interface CsvRow {
  readonly record: Readonly<Record<string, string>>;
  /** Last line of the row, counted from 1. */
  readonly info: { readonly lines: number };
}

/** The rows below a CSV file's header. */
export interface CsvTable {
  readonly file: string;
  readonly rows: readonly CsvRow[];
  /** Names in the header, in order. */
  readonly columns: readonly string[];
  readonly separator: Separator;
}

/** Line and file of a row, for messages. */
export function placeOf(line: number, file: string): string {
  return `line ${line} of "${file}"`;
}

const LINE_ENDS = ['\r\n', '\n', '\r'];

function parseRows(
  text: string,
  separator: Separator,
  firstLine: number,
): Pick<CsvTable, 'rows' | 'columns'> {
  let columns: string[] = [];
  const options = {
    columns: (header: string[]) => {
      columns = header;
      return header;
    },
    delimiter: separator,
    record_delimiter: LINE_ENDS,
    skip_empty_lines: true,
    // Spreadsheets write rows of nothing but separators.
    skip_records_with_empty_values: true,
    trim: true,
    info: true,
    from_line: firstLine,
  } as const;
  const rows = parse(text, options) as unknown as CsvRow[];
  return { rows, columns };
}

/**
 * Reads the rows below a CSV file's header, at least one. Separators may be commas, semicolons, tabs or pipes.
 * @param field path of the file's setting
 * @param wanted columns that help to recognise the separator
 * @throws DataError when there is no such file, it is not text, can't be read as CSV, or has no rows
 */
export async function readCsv(
  field: string,
  file: string,
  what: string,
  wanted: readonly string[],
): Promise<CsvTable> {
  await expectPath(field, file, 'file', what);
  const bytes = await readPlain(file, field);
  try {
    const text = decodeText(bytes);
    const { separator, firstLine } = recogniseSeparator(text, wanted);
    const table = { file, separator, ...parseRows(text, separator, firstLine) };
    if (table.rows.length > 0) return table;
  } catch (error) {
    const what = error instanceof EncodingError ? 'text' : 'CSV';
    throw new DataError(`${field}: "${file}" can't be read as ${what}: ${(error as Error).message}`, {
      cause: error,
    });
  }
  throw new DataError(`${field}: "${file}" has no rows below its header`);
}

function sameName(first: string, second: string): boolean {
  return first.normalize('NFC').toLowerCase() === second.normalize('NFC').toLowerCase();
}

/** The header's name of a column: the same, or the only one that differs in upper and lower case. */
export function findColumn({ columns }: CsvTable, column: string): string | undefined {
  if (columns.includes(column)) return column;
  const similar = columns.filter((name) => sameName(name, column));
  return similar.length === 1 ? similar[0] : undefined;
}

/**
 * Returns the header's name of a column.
 * @throws DataError when the header does not name the column, or names it twice
 */
export function expectColumn(table: CsvTable, column: string, option: string): string {
  const { columns, file, separator } = table;
  const found = findColumn(table, column);
  if (found !== undefined && columns.indexOf(found) === columns.lastIndexOf(found)) return found;
  if (found !== undefined)
    throw new DataError(`${option}: the header of "${file}" names the column "${found}" twice`);
  const names = columns.map((name) => `"${name}"`).join(', ');
  const how =
    columns.length > 1
      ? `separated by ${separatorName(separator)}`
      : 'without a comma, semicolon, tab or pipe';
  throw new DataError(
    `${option}: "${file}" has no column "${column}", its header names ${names} (${how}): name one of them in ${option}, or correct the header`,
  );
}
