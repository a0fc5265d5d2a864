import { dirname, resolve } from 'node:path';
import { DataError } from '../../../domain/errors.js';
import { expectColumn, readCsv } from '../sources/csv-rows.js';

/** A label that a person has given an image of the data. */
export interface Answer {
  /** As written. */
  readonly path: string;
  /** NFC. */
  readonly label: string;
  readonly file: string;
  readonly line: number;
}

export const ANSWERS_FIELD = 'data.answers';

/** Where an answer stands, for messages. */
export function placeOf({ file, line }: Pick<Answer, 'file' | 'line'>): string {
  return `line ${line} of "${file}"`;
}

/** The name under which a source lists an answer's picture, where that is a file. */
export function fileOf({ path, file }: Answer): string {
  return resolve(dirname(file), path);
}

/**
 * The rows of CSV files that have a label: what `label-next` wrote, filled in. Rows without one are passed over.
 * @throws DataError when a file is missing, lacks a column, or has no label at all
 */
export async function readAnswers(files: string | readonly string[]): Promise<Answer[]> {
  const answers: Answer[] = [];
  for (const path of [files].flat()) {
    const file = resolve(path);
    const rows = await readCsv(ANSWERS_FIELD, file, 'a CSV file whose rows name a picture and its label');
    for (const column of ['path', 'label']) expectColumn(rows, column, ANSWERS_FIELD, file);
    const own = rows.flatMap(({ record, info }): Answer[] => {
      const label = record['label']!.normalize('NFC');
      return label === '' ? [] : [{ path: record['path']!, label, file, line: info.lines }];
    });
    if (own.length === 0) {
      throw new DataError(
        `${ANSWERS_FIELD}: "${file}" has no label in any of its ${rows.length} rows: write the pictures' classes into its column label`,
      );
    }
    answers.push(...own);
  }
  return answers;
}
