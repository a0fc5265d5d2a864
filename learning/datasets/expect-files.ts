import { DataError } from '../../domain/errors.js';
import type { Picture } from './sources/source.js';

/**
 * Makes sure that every labelled picture has a file: a label without one is a mistake in the CSV file, whatever
 * `maxRejectedShare` allows.
 * @param field path of the CSV file's setting, for example `data.labelled.path`
 * @throws DataError with row and path of the first label without a file
 */
export function expectFiles(pictures: readonly Picture[], field: string): void {
  const gone = pictures.filter(({ label, missing }) => label !== undefined && missing !== undefined);
  const [first] = gone;
  if (!first) return;
  const more = gone.length > 1 ? ` (and ${gone.length - 1} more rows like it, of ${pictures.length})` : '';
  throw new DataError(
    `${field}: ${first.missing} gives the label "${first.label}" to "${first.name}", but there is no such file${more}: correct the path (paths are relative to the CSV file), put the picture there, or remove the row`,
  );
}
