import type { StepProgress } from '../domain/records.js';
import { ProgressMeter } from '../learning/progress-meter.js';
import type { StepContext } from './step-context.js';

/** What is told of work on images, to be called as it gets on. */
export interface ToldProgress {
  /** A shard of a data set has been read. */
  readonly onShard: () => void;
  /** So many images of the part under way are done. */
  readonly onProgress: (done: number, total?: number) => void;
  /** A part of so many images is done. */
  readonly goOn: (images: number) => void;
}

/**
 * How far a step on images is, and at which rate.
 * @param total images of all parts; 0 where `onProgress` is told
 */
export function toldProgress(
  { report }: Pick<StepContext, 'report'>,
  {
    activity = 'evaluate',
    generation = 0,
    total: all = 0,
  }: Partial<Pick<StepProgress, 'activity' | 'generation' | 'total'>> = {},
): ToldProgress {
  const meter = new ProgressMeter();
  let before = 0;
  return {
    onShard: () => report({ activity, generation, total: all, done: before, rate: 0 }),
    onProgress(done, total = all) {
      const both = before + done;
      report({ activity, generation, total, done: both, rate: meter.rate(both) });
    },
    goOn(images) {
      before += images;
    },
  };
}
