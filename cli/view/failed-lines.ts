
/** A line for each comparison that came to nothing. */
import type { FailedComparison } from '../../domain/run.js';
export function failedLines<Name extends string>(
  failed: readonly FailedComparison<Name>[] = [],
  names: Readonly<Record<Name, string>>,
): string[] {
  return failed.map(({ name, reason }) => `Not compared with ${names[name]}, which failed: ${reason}`);
}
