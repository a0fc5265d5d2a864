import type { DataConfig } from '../../domain/config/data.js';
import { DataError } from '../../domain/errors.js';
import type { DataFields } from './data-fields.js';
import { exampleLines } from './example-lines.js';
import type { Rejection } from './pack/pack-listing.js';
import { PARTS } from './parts.js';

/** Rejected pictures of each source that has any. */
function bySource(
  rejected: readonly Rejection[],
  fields: DataFields,
): Array<readonly [field: string, count: number]> {
  return PARTS.flatMap((part) => {
    const count = rejected.filter((rejection) => rejection.part === part).length;
    return count > 0 ? [[fields[part], count] as const] : [];
  });
}

/**
 * Makes sure that at most `maxRejectedShare` of the pictures were rejected.
 * @param pictures number of all pictures, rejected ones included
 * @throws DataError naming the sources of the rejected pictures and some of these
 */
export function expectFewRejected(
  rejected: readonly Rejection[],
  pictures: number,
  { maxRejectedShare }: Pick<DataConfig, 'maxRejectedShare'>,
  fields: DataFields,
): void {
  if (rejected.length <= maxRejectedShare * pictures) return;
  const sources = bySource(rejected, fields);
  const [field, where] =
    sources.length === 1
      ? [sources[0]![0], '']
      : [fields.data, ` (${sources.map(([source, count]) => `${count} of ${source}`).join(', ')})`];
  const examples = exampleLines(rejected.map(({ path, reason }) => `${path}: ${reason}`));
  throw new DataError(
    `${field}: ${rejected.length} of ${pictures} pictures can't be used${where}, at most a share of ${maxRejectedShare} may be (${fields.maxRejectedShare}): mend or remove them, or raise it${examples}`,
  );
}
