import type { ConsistencyConfig } from '../../../domain/config/consistency.js';
import { ConfigurationError, DataError } from '../../../domain/errors.js';
import { type Trainings, trainingsOf } from './expect-augmentable.js';

/**
 * Checks that a training with consistency has unlabelled images.
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

/** The parts of a method's configuration that say which trainings need unlabelled images. */
export interface LearnsFrom extends Trainings {
  /** Number of students of a run. */
  readonly generations?: number;
}

/**
 * Checks all trainings of a configuration. Students always need unlabelled images, which their teacher labels.
 * @throws DataError when there are students and no unlabelled images
 */
export function expectUnlabelledOf({ generations = 0, ...config }: LearnsFrom, unlabelled: number): void {
  if (generations > 0 && unlabelled === 0) {
    throw new DataError(
      'data.unlabelled: received no images, expected some for the students to learn from, other than copies of the labelled: give data.unlabelled, or data.labelsPerClass so that the other labelled images lose their labels, or set generations to 0',
    );
  }
  for (const [role, training] of trainingsOf(config)) expectUnlabelled(training, unlabelled, `${role}.`);
}
