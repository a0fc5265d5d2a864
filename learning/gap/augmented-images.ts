import type { AugmentationConfig } from '../../domain/config/augmentation.js';
import { applyPlan } from '../augmentation/policies/apply.js';
import { policyOf } from '../augmentation/policies/from-config.js';
import { planOfExample } from '../augmentation/policies/plan-of-example.js';
import type { ImageSet } from '../datasets/image-set.js';

/**
 * Labelled images as the first student's training sees them in its first epoch, each once; mixup and CutMix, which
 * take a whole step, are left out. Their keys are the positions in the set.
 */
export function augmentedImages(images: ImageSet, augmentation: AugmentationConfig, seed: number): ImageSet {
  const { width, height, channels } = images.shape;
  const policy = policyOf(augmentation, images.shape);
  return {
    shape: images.shape,
    count: images.count,
    label: (position) => images.label(position),
    copy(position, target, offset) {
      const data = new Uint8Array(width * height * channels);
      images.copy(position, data, 0);
      const key = { seed, generation: 1, stream: 'labelled', epoch: 0, example: position } as const;
      const plan = planOfExample(policy, images.shape, key);
      target.set(applyPlan(plan, { width, height, channels, data }).data, offset);
    },
  };
}
