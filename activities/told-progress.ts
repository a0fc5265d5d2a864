import type { StepProgress } from '../domain/records.js';
import { ProgressMeter } from '../learning/progress-meter.js';
import type { StepContext } from './step-context.js';

/** What is told of work on images, to be called as it gets on. */
export interface ToldProgress {
  /** A shard of a data set has been read. */
  readonly onShard: () => void;
  /** So many images of the part under way are done, of so many in it. */
  readonly onProgress: (done: number, ofPart?: number) => void;
  /** A part of so many images is done. */
  readonly endPart: (images: number) => void;
}

/**
 * How far a step on images is, and at which rate.
 * @param total images of all parts; where absent there is one, and each call of onProgress says of how many
 */
export function toldProgress(
  { report }: Pick<StepContext, 'report'>,
  {
    activity = 'evaluate',
    generation = 0,
    total,
  }: Partial<Pick<StepProgress, 'activity' | 'generation' | 'total'>> = {},
): ToldProgress {
  const meter = new ProgressMeter();
  let before = 0;
  return {
    onShard: () => report({ activity, generation, total: total ?? 0, done: before, rate: 0 }),
    onProgress(doneOfPart, ofPart = 0) {
      const done = before + doneOfPart;
      report({ activity, generation, total: total ?? ofPart, done, rate: meter.rate(done) });
    },
    endPart(images) {
      before += images;
    },
  };
}
