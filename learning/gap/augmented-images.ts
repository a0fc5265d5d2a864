import type { AugmentationConfig } from '../../domain/config/augmentation.js';
import { applyPlan } from '../augmentation/policies/apply.js';
import { augmentationOf } from '../augmentation/policies/from-config.js';
import { planOfExample } from '../augmentation/policies/plan-of-example.js';
import { type ImageSet, mapImages } from '../datasets/image-set.js';

/**
 * Labelled images as the first student's training sees them in its first epoch, each once; mixup and CutMix, which
 * take a whole step, are left out. Their keys are the positions in the set.
 */
export function augmentedImages(images: ImageSet, augmentation: AugmentationConfig, seed: number): ImageSet {
  const perPicture = augmentationOf(augmentation, images.shape);
  return mapImages(images, (picture, example) => {
    const key = { seed, generation: 1, stream: 'labelled', epoch: 0, example } as const;
    return applyPlan(planOfExample(perPicture, images.shape, key), picture);
  });
}
