import { ProgressMeter } from '../learning/progress-meter.js';
import type { ActivityContext } from './context.js';

/** Callbacks that report progress and rate of an activity that processes images. */
export interface ImageProgress {
  /** Call after a shard of a data set was read. */
  readonly onShard: () => void;
  /** @param ofPart images in the part; sets the total if the activity has a single part */
  readonly onProgress: (doneOfPart: number, ofPart?: number) => void;
  /** Call at the end of a part with its number of images. */
  readonly endPart: (images: number) => void;
}

/** @param total images of all parts, if the definition of the activity can't compute it */
export function imageProgress({ report }: Pick<ActivityContext, 'report'>, total?: number): ImageProgress {
  const meter = new ProgressMeter();
  const whole = total === undefined ? {} : { total };
  let before = 0;
  return {
    onShard: () => report({ ...whole, done: before, rate: 0 }),
    onProgress(doneOfPart, ofPart) {
      const done = before + doneOfPart;
      report({ ...(ofPart === undefined ? {} : { total: ofPart }), ...whole, done, rate: meter.rate(done) });
    },
    endPart(images) {
      before += images;
    },
  };
}
