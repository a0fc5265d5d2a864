import { dirname, resolve } from 'node:path';
import type { DataSource } from '../../../domain/config/data.js';
import { DataError } from '../../../domain/errors.js';
import { expectColumn, readCsv } from './csv-rows.js';
import { stampsOf } from './files.js';
import { classNames, type ListContext, type SourceListing } from './source.js';

type CsvSource = Extract<DataSource, { format: 'csv' }>;

/** A row a picture: its path, relative to the CSV file, and its label; an empty label is none. */
export async function listCsv(
  source: CsvSource,
  { field, watch, wantsLabels }: ListContext,
): Promise<SourceListing> {
  const { pathColumn, labelColumn } = source;
  const file = resolve(source.path);
  const rows = await readCsv(`${field}.path`, file, 'a CSV file whose rows name a picture and its label');
  expectColumn(rows, pathColumn, `${field}.pathColumn`, file);
  if (wantsLabels === true) expectColumn(rows, labelColumn, `${field}.labelColumn`, file);
  const hasLabels = wantsLabels && Object.hasOwn(rows[0]!.record, labelColumn);

  const pictures = rows.map(({ record, info }) => {
    const path = record[pathColumn]!;
    if (path === '') throw new DataError(`${field}.path: line ${info.lines} of "${file}" names no picture`);
    const picture = resolve(dirname(file), path);
    const label = hasLabels ? record[labelColumn]!.normalize('NFC') : '';
    return { name: picture, content: { file: picture }, ...(label !== '' && { label }) };
  });
  const labels = pictures.flatMap(({ label }) => label ?? []);
  const files = [file, ...pictures.map(({ name }) => name)];
  return { classes: classNames(labels), pictures, stamps: await stampsOf(files, watch) };
}
