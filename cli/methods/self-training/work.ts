import type { RunSnapshot } from '../../../client/snapshot.js';
import type { ActivityProgress } from '../../../domain/records.js';
import { combinedWork } from '../../view/work.js';
import { phaseOf } from './phase.js';

type Snapshot = Pick<RunSnapshot<'self-training'>, 'progress' | 'activities'>;

/** The total progress of a phase, whose activities run concurrently; undefined if none is running. */
export function phaseWork(snapshot: Snapshot): ActivityProgress | undefined {
  const work = combinedWork(snapshot as Pick<RunSnapshot, 'activities'>);
  const whole = work && wholeOf(work.activity, snapshot.progress);
  if (!whole) return work;
  return { ...work, done: Math.min(whole.images, whole.before + work.done), total: whole.images };
}

/** Number of images of a phase with several activities, and of those that completed activities have processed. */
function wholeOf(activity: ActivityProgress['activity'], progress: Snapshot['progress']) {
  const { dataset, config, details } = progress;
  if (!dataset || !details) return undefined;
  if (activity === 'pseudo-label') {
    const before = (details.current?.shards?.done ?? 0) * config.pseudoLabels.shardSize;
    return { images: dataset.counts.unlabelled, before };
  }
  if (activity === 'evaluate' && phaseOf(progress) === 'test') {
    const tested = details.generations.filter(({ test }) => test).length;
    return { images: dataset.counts.test * details.generations.length, before: dataset.counts.test * tested };
  }
  return undefined;
}
