import type { PseudoLabelClassCount, PseudoLabelRecord } from './pseudo-labels.js';

/** Limits the class counts in a run's history, whose payloads are limited to two megabytes. */
const MAX_CLASSES = 100;

const ORDER = { missing: 0, 'taken-below-threshold': 1, balanced: 2 } as const;

/** Sorts classes by status, missing ones first; stable. */
export function notableFirst(classes: readonly PseudoLabelClassCount[]): PseudoLabelClassCount[] {
  return [...classes].sort((one, other) => ORDER[one.status] - ORDER[other.status]);
}

/** Returns the counts of at most a hundred classes, notable ones first, and the number of omitted ones by status. */
export function limitClassCounts(
  classes: readonly PseudoLabelClassCount[],
): Pick<PseudoLabelRecord, 'byClass' | 'unlisted'> {
  if (classes.length <= MAX_CLASSES) return { byClass: classes };
  const ordered = notableFirst(classes);
  const unlisted = ordered.slice(MAX_CLASSES);
  const count = (status: PseudoLabelClassCount['status']) =>
    unlisted.filter((entry) => entry.status === status).length;
  return {
    byClass: ordered.slice(0, MAX_CLASSES),
    unlisted: {
      missing: count('missing'),
      'taken-below-threshold': count('taken-below-threshold'),
      balanced: count('balanced'),
    },
  };
}
