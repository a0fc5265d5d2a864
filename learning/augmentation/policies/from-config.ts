import type { AugmentationConfig } from '../../../domain/config/augmentation.js';
import type { Size } from '../picture.js';
import type { Augmentation } from './draw-plan.js';
import type { OperationPolicy } from './policy.js';

/** The augmentation of one picture; mixing, which needs a whole batch, is no part of it. */
type Config = Omit<AugmentationConfig, 'mixup' | 'cutmix'>;

function policyOf({ policy }: Config): OperationPolicy | undefined {
  if (policy.kind === 'none') return undefined;
  if (!('growth' in policy)) return policy;
  // `trainingForGeneration` has applied the growth to the magnitude.
  const { growth, ...rest } = policy;
  return rest;
}

function cropOf({ shift, padding }: Config, { width, height }: Size): Augmentation['crop'] | undefined {
  const across = Math.round(shift * width);
  const down = Math.round(shift * height);
  return across + down > 0 ? { padding: [across, down], mode: padding } : undefined;
}

/** Converts a configuration's augmentation, for pictures of a size. */
export function augmentationOf(config: Config, size: Size): Augmentation {
  const { transforms, resizedCrop, flip, operations, interpolation, fill, cutout, erasing } = config;
  const policy = policyOf(config);
  const crop = resizedCrop ? undefined : cropOf(config, size);
  return {
    ...(transforms.length > 0 && { transforms }),
    ...(resizedCrop && { resizedCrop }),
    ...(crop && { crop }),
    flip,
    operations,
    ...(policy && { policy }),
    cutout,
    ...(erasing && { erasing }),
    interpolation,
    ...(fill !== undefined && { fill }),
  };
}
