import { rootCause } from '@temporalio/common';
import type { FailedComparison } from '../../domain/run.js';
import { isDamage } from '../failure-type.js';

export interface Comparisons<Name extends string, Result> {
  readonly results: readonly Result[];
  readonly failed: readonly FailedComparison<Name>[];
}

/**
 * Runs comparisons concurrently; a failed one is reported and does not affect the others.
 * @throws the error of a damaged artifact: without it, a worse model might be chosen
 */
export async function settleAll<Name extends string, Result>(
  names: readonly Name[],
  compare: (name: Name) => Promise<Result>,
): Promise<Comparisons<Name, Result>> {
  const ended = await Promise.allSettled(names.map(compare));
  for (const end of ended) if (end.status === 'rejected' && isDamage(end.reason)) throw end.reason;
  return {
    results: ended.flatMap((end) => (end.status === 'fulfilled' ? [end.value] : [])),
    failed: ended.flatMap((end, place) =>
      end.status === 'rejected'
        ? [{ name: names[place]!, reason: rootCause(end.reason) ?? String(end.reason) }]
        : [],
    ),
  };
}
