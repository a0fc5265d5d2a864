import { trainingOf } from '../../../domain/config/training-of.js';
import type { RunConfig } from '../../../domain/config.js';
import { ConfigurationError } from '../../../domain/errors.js';
import type { ImageShape } from '../../../domain/records.js';
import { expectDrawable } from '../../augmentation/policies/draw-plan.js';
import { policyOf } from '../../augmentation/policies/from-config.js';

/**
 * Whether a run's augmentation suits its pictures, the students' too: a fill for as many channels, transforms that
 * find their boxes and keep the size.
 * @throws ConfigurationError that says whose it is
 */
export function expectAugmentable(config: Pick<RunConfig, 'teacher' | 'student'>, image: ImageShape): void {
  for (const [generation, role] of (['teacher', 'student'] as const).entries()) {
    const { augmentation } = trainingOf(config, generation);
    try {
      expectDrawable(policyOf(augmentation, image), image);
    } catch (error) {
      if (!(error instanceof ConfigurationError)) throw error;
      throw new ConfigurationError(`${role}.augmentation: ${error.message}`, { cause: error });
    }
  }
}
