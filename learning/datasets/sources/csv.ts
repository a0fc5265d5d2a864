import { dirname, resolve } from 'node:path';
import type { DataSource } from '../../../domain/config/data.js';
import { DataError } from '../../../domain/errors.js';
import { type CsvRow, expectColumn, placeOf, readCsv } from './csv-rows.js';
import { isMissing, stampsOf } from './files.js';
import { classNames, type ListContext, type Picture, type SourceListing } from './source.js';

type CsvSource = Extract<DataSource, { format: 'csv' }>;

/** Lists the pictures of a CSV file: each row has a path relative to the file and a label, which may be empty. */
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

  const rowPlace = ({ info }: CsvRow) => placeOf(info.lines, file);
  const files = rows.map((row) => {
    const path = row.record[pathColumn]!;
    if (path === '') throw new DataError(`${field}.path: ${rowPlace(row)} names no picture`);
    return resolve(dirname(file), path);
  });
  const stamps = await stampsOf([file, ...files], watch);
  const pictures = rows.map((row, index): Picture => {
    const picture = files[index]!;
    const label = hasLabels ? row.record[labelColumn]!.normalize('NFC') : '';
    return {
      name: picture,
      content: { file: picture },
      ...(label !== '' && { label }),
      ...(isMissing(stamps[index + 1]!) && { missing: rowPlace(row) }),
    };
  });
  const labels = pictures.flatMap(({ label }) => label ?? []);
  return { classes: classNames(labels), pictures, stamps };
}
