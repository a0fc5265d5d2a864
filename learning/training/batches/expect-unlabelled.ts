import type { ConsistencyConfig } from '../../../domain/config/consistency.js';
import { ConfigurationError, DataError } from '../../../domain/errors.js';
import { type Trainings, trainingsOf } from './expect-augmentable.js';

/**
 * Whether there are images for what a training learns from unlabelled ones.
 * @throws ConfigurationError that names the field
 */
export function expectUnlabelled(
  { consistency }: { readonly consistency?: ConsistencyConfig | undefined },
  unlabelled: number,
  prefix = '',
): void {
  if (!consistency || unlabelled > 0) return;
  throw new ConfigurationError(
    `${prefix}consistency: received no unlabelled images, expected some to learn from: give data.unlabelled, or data.labelsPerClass so that the other labelled images lose their labels, or leave consistency out`,
  );
}

/** As much of a run's configuration, or another method's, as says who learns from unlabelled images. */
export interface LearnsFrom extends Trainings {
  /** Of a run: its students. */
  readonly generations?: number;
}

/**
 * The same of a run, its students too: all of them learn from what their teacher says of unlabelled images.
 * @throws DataError when there are students, and no image for them
 */
export function expectUnlabelledOf({ generations = 0, ...config }: LearnsFrom, unlabelled: number): void {
  if (generations > 0 && unlabelled === 0) {
    throw new DataError(
      'data.unlabelled: received no images, expected some for the students to learn from, other than copies of the labelled: give data.unlabelled, or data.labelsPerClass so that the other labelled images lose their labels, or set generations to 0',
    );
  }
  for (const [role, training] of trainingsOf(config)) expectUnlabelled(training, unlabelled, `${role}.`);
}
