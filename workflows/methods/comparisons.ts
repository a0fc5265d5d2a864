import { rootCause } from '@temporalio/common';
import type { FailedComparison } from '../../domain/run.js';

export interface Comparisons<Name extends string, Result> {
  readonly results: readonly Result[];
  readonly failed: readonly FailedComparison<Name>[];
}

/** Runs comparisons concurrently; a failed one is reported and does not affect the others. */
export async function settleAll<Name extends string, Result>(
  names: readonly Name[],
  compare: (name: Name) => Promise<Result>,
): Promise<Comparisons<Name, Result>> {
  const ended = await Promise.allSettled(names.map(compare));
  return {
    results: ended.flatMap((end) => (end.status === 'fulfilled' ? [end.value] : [])),
    failed: ended.flatMap((end, place) =>
      end.status === 'rejected'
        ? [{ name: names[place]!, reason: rootCause(end.reason) ?? String(end.reason) }]
        : [],
    ),
  };
}
