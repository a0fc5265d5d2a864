import type { FailedComparison } from '../../domain/run.js';

/** A line for each comparison that failed. */
export function failedLines<Name extends string>(
  failed: readonly FailedComparison<Name>[] = [],
  names: Readonly<Record<Name, string>>,
): string[] {
  return failed.map(({ name, reason }) => `Not compared with ${names[name]}, which failed: ${reason}`);
}
