import { crop } from '../geometry/crop.js';
import { resize } from '../geometry/resize.js';
import type { Picture } from '../picture.js';
import { applyTransforms } from '../transforms/transform.js';
import type { Plan } from './plan.js';

/** Applies a plan's transforms and its resized crop, the first two parts of a plan. */
export function transformAndCrop({ transforms, resizedCrop }: Plan, source: Picture): Picture {
  const transformed = transforms ? applyTransforms(source, transforms) : source;
  if (!resizedCrop) return transformed;
  // As torchvision's RandomResizedCrop does on PIL images: cut, then scale with antialiasing.
  return resize(crop(transformed, resizedCrop), transformed.width, transformed.height, 'bilinear');
}
