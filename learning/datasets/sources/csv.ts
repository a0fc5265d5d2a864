import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { parse } from 'csv-parse/sync';
import type { DataSource } from '../../../domain/config/data.js';
import { DataError } from '../../../domain/errors.js';
import { expectPath, stampsOf } from './files.js';
import { classNames, type ListContext, type SourceListing } from './source.js';

type CsvSource = Extract<DataSource, { format: 'csv' }>;
interface Row {
  readonly record: Readonly<Record<string, string>>;
  readonly info: { readonly lines: number };
}

function parseRows(text: string, field: string, file: string): Row[] {
  try {
    const options = { columns: true, bom: true, skip_empty_lines: true, trim: true, info: true } as const;
    return parse(text, options) as unknown as Row[];
  } catch (error) {
    throw new DataError(`${field}.path: "${file}" is no readable CSV: ${(error as Error).message}`, {
      cause: error,
    });
  }
}

function expectColumn(rows: readonly Row[], column: string, option: string, file: string): void {
  const columns = Object.keys(rows[0]!.record);
  if (columns.includes(column)) return;
  throw new DataError(
    `${option}: "${file}" has no column "${column}", its header names ${columns.map((name) => `"${name}"`).join(', ')}`,
  );
}

/** A row a picture: its path, relative to the CSV file, and its label; an empty label is none. */
export async function listCsv(
  source: CsvSource,
  { field, watch, wantsLabels }: ListContext,
): Promise<SourceListing> {
  const { pathColumn, labelColumn } = source;
  const file = resolve(source.path);
  await expectPath(`${field}.path`, file, 'file', 'a CSV file whose rows name a picture and its label');
  const rows = parseRows(await readFile(file, 'utf8'), field, file);
  if (rows.length === 0) throw new DataError(`${field}.path: "${file}" has no rows below its header`);
  expectColumn(rows, pathColumn, `${field}.pathColumn`, file);
  if (wantsLabels) expectColumn(rows, labelColumn, `${field}.labelColumn`, file);

  const pictures = rows.map(({ record, info }) => {
    const path = record[pathColumn]!;
    if (path === '') throw new DataError(`${field}.path: line ${info.lines} of "${file}" names no picture`);
    const picture = resolve(dirname(file), path);
    const label = wantsLabels ? record[labelColumn]!.normalize('NFC') : '';
    return { name: picture, content: { file: picture }, ...(label !== '' && { label }) };
  });
  const labels = pictures.flatMap(({ label }) => label ?? []);
  const files = [file, ...pictures.map(({ name }) => name)];
  return { classes: classNames(labels), pictures, stamps: await stampsOf(files, watch) };
}
