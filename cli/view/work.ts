import type { RunSnapshot } from '../../client/snapshot.js';
import type { ActivityProgress } from '../../domain/records.js';

/** Sums the progress of concurrent activities of the first one's kind; undefined if there are none. */
export function combinedWork({ activities }: Pick<RunSnapshot, 'activities'>): ActivityProgress | undefined {
  const [first] = activities;
  if (!first) return undefined;
  const alike = activities.filter(({ activity }) => activity === first.activity);
  const sum = (key: 'done' | 'total' | 'rate') => alike.reduce((all, one) => all + one[key], 0);
  return {
    ...first,
    done: sum('done'),
    total: sum('total'),
    rate: sum('rate'),
    attempt: Math.max(...alike.map(({ attempt }) => attempt)),
  };
}
