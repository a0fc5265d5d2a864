import type { PseudoLabelClassCount, PseudoLabelRecord } from './records.js';

/** A run's history holds the counts of every generation, and no message of it more than two megabytes. */
const MOST = 100;

const ORDER = { missing: 0, 'taken-below-threshold': 1, balanced: 2 } as const;

/** Those with something to say first, each kind in the order of the classes. */
export function notableFirst(classes: readonly PseudoLabelClassCount[]): PseudoLabelClassCount[] {
  return [...classes].sort((one, other) => ORDER[one.status] - ORDER[other.status]);
}

/** The counts of all classes, or of the hundred that have most to say, and how many of each kind are left out. */
export function limitClassCounts(
  classes: readonly PseudoLabelClassCount[],
): Pick<PseudoLabelRecord, 'byClass' | 'unlisted'> {
  if (classes.length <= MOST) return { byClass: classes };
  const ordered = notableFirst(classes);
  const left = ordered.slice(MOST);
  const many = (status: PseudoLabelClassCount['status']) =>
    left.filter((entry) => entry.status === status).length;
  return {
    byClass: ordered.slice(0, MOST),
    unlisted: {
      missing: many('missing'),
      'taken-below-threshold': many('taken-below-threshold'),
      balanced: many('balanced'),
    },
  };
}
