import type { ConsistencyConfig } from '../../../domain/config/consistency.js';
import { ConfigurationError } from '../../../domain/errors.js';
import { type Trainings, trainedBy } from './expect-augmentable.js';

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

/** The same of a run, its students too. */
export function expectUnlabelledOf(config: Trainings, unlabelled: number): void {
  for (const [role, training] of trainedBy(config)) expectUnlabelled(training, unlabelled, `${role}.`);
}
