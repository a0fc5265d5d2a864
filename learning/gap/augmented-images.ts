import type { AugmentationConfig } from '../../domain/config/augmentation.js';
import { applyPlan } from '../augmentation/policies/apply.js';
import { augmentationOf } from '../augmentation/policies/from-config.js';
import { planOfExample } from '../augmentation/policies/plan-of-example.js';
import { type ImageSet, mapImages } from '../datasets/image-set.js';

/**
 * Augments each labelled image as the first student's first epoch does, without mixup and CutMix, which need a whole
 * batch. Randomness is keyed by the position in the set.
 */
export function augmentedImages(images: ImageSet, augmentation: AugmentationConfig, seed: number): ImageSet {
  const perPicture = augmentationOf(augmentation, images.shape);
  return mapImages(images, (picture, example) => {
    const key = { seed, generation: 1, stream: 'labelled', epoch: 0, example } as const;
    return applyPlan(planOfExample(perPicture, images.shape, key), picture);
  });
}
