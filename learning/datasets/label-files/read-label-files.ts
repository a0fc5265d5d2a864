import { dirname, resolve } from 'node:path';
import { DataError } from '../../../domain/errors.js';
import { expectColumn, placeOf, readCsv } from '../sources/csv-rows.js';

/** A row of a label file: the label that a person gave a picture. */
export interface FileLabel {
  /** Path of the picture as the file has it. */
  readonly path: string;
  /** Class name, NFC. */
  readonly label: string;
  /** The label file. */
  readonly file: string;
  /** Line and file of the label, for messages. */
  readonly place: string;
}

/** Absolute path of the picture; paths are relative to the label file. */
export function picturePath({ path, file }: FileLabel): string {
  return resolve(dirname(file), path);
}

/**
 * Reads CSV files with the columns path and label, as `label-next` writes them. Skips rows without a label.
 * @param field path of the setting that names the files, for messages
 * @throws DataError when a file is missing, lacks a column, or has no label at all
 */
export async function readLabelFiles(files: string | readonly string[], field: string): Promise<FileLabel[]> {
  const labels: FileLabel[] = [];
  for (const path of [files].flat()) {
    const file = resolve(path);
    const what = 'a CSV file whose rows name a picture and its label';
    const table = await readCsv(field, file, what, ['path', 'label']);
    const { rows } = table;
    const pathColumn = expectColumn(table, 'path', field);
    const labelColumn = expectColumn(table, 'label', field);
    const own = rows.flatMap(({ record, info }): FileLabel[] => {
      const label = record[labelColumn]!.normalize('NFC');
      return label === ''
        ? []
        : [{ path: record[pathColumn]!, label, file, place: placeOf(info.lines, file) }];
    });
    if (own.length === 0) {
      throw new DataError(
        `${field}: "${file}" has no label in any of its ${rows.length} rows: write the pictures' classes into its column label`,
      );
    }
    for (const label of own) labels.push(label);
  }
  return labels;
}
