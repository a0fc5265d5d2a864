import { DataError } from '../../../domain/errors.js';
import { exampleLines } from '../example-lines.js';

/**
 * Throws if any label of the label files can't be used.
 * @param field path of the setting that names the files
 * @param problems one message for each label that can't be used
 * @param labels number of all labels
 * @param remedy tells the person what to do
 * @throws DataError with the first problems, if there are any
 */
export function refuseLabels(
  field: string,
  problems: readonly string[],
  labels: number,
  remedy: string,
): void {
  if (problems.length === 0) return;
  throw new DataError(
    `${field}: ${problems.length} of ${labels} labels can't be used: ${remedy}${exampleLines(problems)}`,
  );
}
