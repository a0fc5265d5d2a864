import { DataError } from '../../domain/errors.js';
import type { Picture } from './sources/source.js';

/**
 * A label for a picture that isn't there is a slip of its list, however large a share may be unreadable.
 * @param field of the list, for example `data.labelled.path`
 * @throws DataError naming the row and the path that was sought
 */
export function expectThere(pictures: readonly Picture[], field: string): void {
  const gone = pictures.filter(({ label, missing }) => label !== undefined && missing !== undefined);
  const [first] = gone;
  if (!first) return;
  const more = gone.length > 1 ? ` (and ${gone.length - 1} more rows like it, of ${pictures.length})` : '';
  throw new DataError(
    `${field}: ${first.missing} gives the label "${first.label}" to "${first.name}", but there is no such file${more}: correct the path (paths are relative to the CSV file), put the picture there, or remove the row`,
  );
}
