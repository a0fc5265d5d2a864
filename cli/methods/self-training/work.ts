import type { RunSnapshot } from '../../client/snapshot.js';
import type { RunProgress, StepProgress } from '../../domain/records.js';

/**
 * How far a run's stage is as a whole: of its steps some run side by side, some are done, some still wait for a trainer.
 * Undefined where no step is at work.
 */
export function stageProgress({ progress, steps }: Pick<RunSnapshot, 'progress' | 'steps'>) {
  const [first] = steps;
  if (!first) return undefined;
  const atWork = steps.filter(({ activity }) => activity === first.activity);
  const sum = (key: 'done' | 'total' | 'rate') => atWork.reduce((all, step) => all + step[key], 0);
  const stage: StepProgress = {
    ...first,
    done: sum('done'),
    total: sum('total'),
    rate: sum('rate'),
    attempt: Math.max(...atWork.map(({ attempt }) => attempt)),
  };
  const whole = wholeOf(first.activity, progress);
  if (!whole) return stage;
  return { ...stage, done: Math.min(whole.images, whole.before + stage.done), total: whole.images };
}

/** Images of a stage of several steps, and how many of them finished steps have seen. */
function wholeOf(activity: StepProgress['activity'], progress: RunProgress) {
  const { dataset, config, current, generations } = progress;
  if (activity === 'pseudo-label' && dataset) {
    const before = (current?.shards?.done ?? 0) * config.pseudoLabels.shardSize;
    return { images: dataset.counts.unlabelled, before };
  }
  if (activity === 'evaluate' && dataset && progress.status === 'testing') {
    const tested = generations.filter(({ test }) => test).length;
    return { images: dataset.counts.test * generations.length, before: dataset.counts.test * tested };
  }
  return undefined;
}
