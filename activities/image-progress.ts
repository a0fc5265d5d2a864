import { ProgressMeter } from '../learning/progress-meter.js';
import type { ActivityContext } from './context.js';

/** Callbacks of an activity that works through images; they report its progress and rate. */
export interface ImageProgress {
  /** To be called when a shard of a data set has been read. */
  readonly onShard: () => void;
  /** @param ofPart images in the part; the total, if the activity has one part only and did not say */
  readonly onProgress: (doneOfPart: number, ofPart?: number) => void;
  /** To be called at the end of a part of so many images. */
  readonly endPart: (images: number) => void;
}

/** @param total images of all parts, if the definition of the activity does not know it */
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
