import type { AugmentationConfig } from '../../../domain/config/augmentation.js';
import type { Size } from '../picture.js';
import type { Policy } from './draw-plan.js';
import type { OperationPolicy } from './policy.js';

/** Mixing is of a whole batch, and no part of a picture's policy. */
type Augmentation = Omit<AugmentationConfig, 'mixup' | 'cutmix'>;

function operationsOf({ policy }: Augmentation): OperationPolicy | undefined {
  if (policy.kind === 'none') return undefined;
  if (!('growth' in policy)) return policy;
  // The magnitude has grown already, see `trainingOf`.
  const { growth, ...rest } = policy;
  return rest;
}

function cropOf({ shift, padding }: Augmentation, { width, height }: Size): Policy['crop'] | undefined {
  const across = Math.round(shift * width);
  const down = Math.round(shift * height);
  return across + down > 0 ? { padding: [across, down], mode: padding } : undefined;
}

/** What a configuration asks for, for pictures of a size. */
export function policyOf(config: Augmentation, size: Size): Policy {
  const { transforms, resizedCrop, flip, interpolation, fill, cutout, erasing } = config;
  const operations = operationsOf(config);
  const crop = resizedCrop ? undefined : cropOf(config, size);
  return {
    ...(transforms.length > 0 && { transforms }),
    ...(resizedCrop && { resizedCrop }),
    ...(crop && { crop }),
    flip,
    named: config.operations,
    ...(operations && { operations }),
    cutout,
    ...(erasing && { erasing }),
    interpolation,
    ...(fill !== undefined && { fill }),
  };
}
