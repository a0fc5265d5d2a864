import { dirname, resolve } from 'node:path';
import type { DataSource } from '../../../domain/config/data.js';
import { DataError } from '../../../domain/errors.js';
import { type CsvRow, expectColumn, findColumn, placeOf, readCsv } from './csv-rows.js';
import { isMissing, stampsOf } from './files.js';
import { classNames, type ListContext, type Picture, type SourceListing } from './source.js';
import { foreignPath, withSlashes } from './written-path.js';

type CsvSource = Extract<DataSource, { format: 'csv' }>;

/** Absolute paths with their stamps. A missing path with backslashes is sought with slashes. */
async function findFiles(folder: string, paths: readonly string[], watch: () => void) {
  const files = paths.map((path) => resolve(folder, path));
  const stamps = await stampsOf(files, watch);
  const rewritten = paths.flatMap((path, at) => {
    const other = withSlashes(path);
    return other !== path && isMissing(stamps[at]!) ? [{ at, file: resolve(folder, other) }] : [];
  });
  const others = await stampsOf(
    rewritten.map(({ file }) => file),
    watch,
  );
  for (const [index, { at, file }] of rewritten.entries()) {
    files[at] = file;
    stamps[at] = others[index]!;
  }
  return { files, stamps };
}

/** Lists the pictures of a CSV file: each row has a path relative to the file and a label, which may be empty. */
export async function listCsv(
  source: CsvSource,
  { field, watch, wantsLabels }: ListContext,
): Promise<SourceListing> {
  const file = resolve(source.path);
  const what = 'a CSV file whose rows name a picture and its label';
  const table = await readCsv(`${field}.path`, file, what, [source.pathColumn, source.labelColumn]);
  const { rows } = table;
  const pathColumn = expectColumn(table, source.pathColumn, `${field}.pathColumn`);
  const labelColumn =
    wantsLabels === true || (wantsLabels && findColumn(table, source.labelColumn) !== undefined)
      ? expectColumn(table, source.labelColumn, `${field}.labelColumn`)
      : undefined;

  const rowPlace = ({ info }: CsvRow) => placeOf(info.lines, file);
  const paths = rows.map((row) => {
    const path = row.record[pathColumn]!;
    if (path === '') throw new DataError(`${field}.path: ${rowPlace(row)} names no picture`);
    const foreign = foreignPath(path);
    if (foreign !== undefined) {
      throw new DataError(
        `${field}.path: ${rowPlace(row)} names the picture "${path}", but ${foreign}: write paths relative to the CSV file, such as "images/1.jpg"`,
      );
    }
    return path;
  });
  const { files, stamps } = await findFiles(dirname(file), paths, watch);
  const pictures = rows.map((row, index): Picture => {
    const picture = files[index]!;
    const label = labelColumn === undefined ? '' : row.record[labelColumn]!.normalize('NFC');
    return {
      name: picture,
      content: { file: picture },
      ...(label !== '' && { label }),
      ...(isMissing(stamps[index]!) && { missing: rowPlace(row) }),
    };
  });
  const labels = pictures.flatMap(({ label }) => label ?? []);
  return {
    classes: classNames(labels),
    pictures,
    stamps: [...(await stampsOf([file], watch)), ...stamps],
    leftOut: [],
  };
}
