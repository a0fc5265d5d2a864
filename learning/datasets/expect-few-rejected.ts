import { DataError } from '../../domain/errors.js';
import type { Rejection } from './pack/pack-listing.js';
import { PARTS } from './parts.js';

const EXAMPLES = 5;

/** The parts of the data that have some, with how many. */
function byPart(rejected: readonly Rejection[]): Array<readonly [field: string, count: number]> {
  return [...PARTS, undefined].flatMap((part) => {
    const count = rejected.filter((rejection) => rejection.part === part).length;
    return count > 0 ? [[part ? `data.${part}` : 'data', count] as const] : [];
  });
}

/**
 * Makes sure that most pictures can be used.
 * @param pictures those that can and those that can't
 * @throws DataError that names the parts of the data in which the others are, and some of these
 */
export function expectFewRejected(
  rejected: readonly Rejection[],
  pictures: number,
  maxRejectedShare: number,
): void {
  if (rejected.length <= maxRejectedShare * pictures) return;
  const parts = byPart(rejected);
  const [field, where] =
    parts.length === 1
      ? [parts[0]![0], '']
      : ['data', ` (${parts.map(([part, count]) => `${count} of ${part}`).join(', ')})`];
  const examples = rejected.slice(0, EXAMPLES).map(({ path, reason }) => `\n  ${path}: ${reason}`);
  const more = rejected.length > EXAMPLES ? `\n  and ${rejected.length - EXAMPLES} more` : '';
  throw new DataError(
    `${field}: ${rejected.length} of ${pictures} pictures can't be used${where}, at most a share of ${maxRejectedShare} may be (data.maxRejectedShare): mend or remove them, or raise it${examples.join('')}${more}`,
  );
}
