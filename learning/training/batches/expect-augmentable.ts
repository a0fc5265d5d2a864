import type { AugmentationConfig } from '../../../domain/config/augmentation.js';
import type { ConsistencyConfig, ViewConfig } from '../../../domain/config/consistency.js';
import { trainingForGeneration } from '../../../domain/config/training-for-generation.js';
import { ConfigurationError } from '../../../domain/errors.js';
import type { SelfTrainingConfig } from '../../../domain/methods/self-training.js';
import type { ImageShape } from '../../../domain/records.js';
import { expectDrawable } from '../../augmentation/policies/draw-plan.js';
import { augmentationOf } from '../../augmentation/policies/from-config.js';

interface AugmentedTraining {
  readonly augmentation: AugmentationConfig;
  readonly consistency?: ConsistencyConfig | undefined;
}

/** The parts of a method's configuration that describe its trainings, if it has any. */
export type Trainings = { readonly name: string } & Partial<
  Pick<SelfTrainingConfig, 'teacher' | 'student'> & {
    readonly training: AugmentedTraining;
    readonly scratch: AugmentedTraining;
  }
>;

/** Returns the trainings of a configuration with the names of their fields. */
export function trainingsOf({
  teacher,
  student,
  training,
  scratch,
}: Trainings): ReadonlyArray<readonly [role: string, AugmentedTraining]> {
  const run = teacher && student && { teacher, student };
  return [
    ...(run
      ? (['teacher', 'student'] as const).map((role, at) => [role, trainingForGeneration(run, at)] as const)
      : []),
    ...(training ? [['training', training] as const] : []),
    ...(scratch ? [['scratch', scratch] as const] : []),
  ];
}

function augmentationsOf({
  augmentation,
  consistency,
}: AugmentedTraining): Array<readonly [string, ViewConfig]> {
  return [
    ['augmentation', augmentation],
    ...(consistency ? [['consistency.weak', consistency.weak] as const] : []),
    ...(consistency?.kind === 'fixmatch' ? [['consistency.strong', consistency.strong] as const] : []),
  ];
}

/**
 * Checks that a training's augmentation fits the images: the fill has a value per channel, and transforms fit into the
 * image and keep its size.
 * @throws ConfigurationError that names the field
 */
export function expectPictures(training: AugmentedTraining, image: ImageShape, prefix = ''): void {
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
 * Checks the augmentation of all trainings of a configuration, see {@link expectPictures}.
 * @throws ConfigurationError that names the field
 */
export function expectAugmentable(config: Trainings, image: ImageShape): void {
  for (const [role, training] of trainingsOf(config)) expectPictures(training, image, `${role}.`);
}
