import type { AugmentationConfig } from '../../../domain/config/augmentation.js';
import type { ConsistencyConfig, ViewConfig } from '../../../domain/config/consistency.js';
import { trainingForGeneration } from '../../../domain/config/training-for-generation.js';
import type { RunConfig } from '../../../domain/config.js';
import { ConfigurationError } from '../../../domain/errors.js';
import type { ImageShape } from '../../../domain/records.js';
import { expectDrawable } from '../../augmentation/policies/draw-plan.js';
import { augmentationOf } from '../../augmentation/policies/from-config.js';

interface Trained {
  readonly augmentation: AugmentationConfig;
  readonly consistency?: ConsistencyConfig | undefined;
}

/** A run's configuration, or a method's that trains, or one that doesn't. */
export type Trainings = { readonly name: string } & Partial<
  Pick<RunConfig, 'teacher' | 'student'> & { readonly training: Trained; readonly scratch: Trained }
>;

/** Every kind of training that a configuration has, by its field. */
export function trainedBy({
  teacher,
  student,
  training,
  scratch,
}: Trainings): ReadonlyArray<readonly [role: string, Trained]> {
  const run = teacher && student && { teacher, student };
  return [
    ...(run
      ? (['teacher', 'student'] as const).map((role, at) => [role, trainingForGeneration(run, at)] as const)
      : []),
    ...(training ? [['training', training] as const] : []),
    ...(scratch ? [['scratch', scratch] as const] : []),
  ];
}

function augmentationsOf({ augmentation, consistency }: Trained): Array<readonly [string, ViewConfig]> {
  return [
    ['augmentation', augmentation],
    ...(consistency ? [['consistency.weak', consistency.weak] as const] : []),
    ...(consistency?.kind === 'fixmatch' ? [['consistency.strong', consistency.strong] as const] : []),
  ];
}

/**
 * Whether a training's augmentation suits its pictures: a fill for as many channels, transforms that find their boxes
 * and keep the size.
 * @throws ConfigurationError that names the field
 */
export function expectPictures(training: Trained, image: ImageShape, prefix = ''): void {
  for (const [name, augmentation] of augmentationsOf(training)) {
    try {
      expectDrawable(augmentationOf(augmentation, image), image);
    } catch (error) {
      if (!(error instanceof ConfigurationError)) throw error;
      throw new ConfigurationError(`${prefix}${name}: ${error.message}`, { cause: error });
    }
  }
}

/**
 * The same of a run, its students too.
 * @throws ConfigurationError that says whose it is
 */
export function expectAugmentable(config: Trainings, image: ImageShape): void {
  for (const [role, training] of trainedBy(config)) expectPictures(training, image, `${role}.`);
}
