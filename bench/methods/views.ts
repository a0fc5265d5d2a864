import type { AugmentationConfig } from '../../domain/config/augmentation.js';
import { keyedRandom } from '../../domain/random.js';
import {
  applyPlan,
  augmentationOf,
  drawPlan,
  invert,
  type Picture,
  rotate90,
  rotate180,
} from '../../learning/augmentation/index.js';
import { type ImageSet, mapImages, type SplitImages, someOf } from '../../learning/datasets/image-set.js';
import type { View } from './recipe.js';

/** The images of some classes, renumbered in the order of `classes` from `first` on. */
export function onlyClasses(images: ImageSet, classes: readonly number[], first = 0): ImageSet {
  const positions: number[] = [];
  for (let position = 0; position < images.count; position++) {
    if (classes.includes(images.label(position))) positions.push(position);
  }
  const chosen = someOf(images, positions);
  return { ...chosen, label: (position) => first + classes.indexOf(chosen.label(position)) };
}

/** One augmented version of each image, drawn by key. */
export function augmented(
  images: ImageSet,
  augmentation: AugmentationConfig,
  ...key: (number | string)[]
): ImageSet {
  const perPicture = augmentationOf(augmentation, images.shape);
  return mapImages(images, (image, position) =>
    applyPlan(drawPlan(perPicture, images.shape, keyedRandom(...key, position)), image),
  );
}

const CHANGES: Record<NonNullable<View['change']>, (image: Picture) => Picture> = {
  inverted: invert,
  // Only squares keep their shape in a quarter turn.
  rotated: (image) => (image.width === image.height ? rotate90(image) : rotate180(image)),
};

/** The images that a view selects; a view of some classes has no unlabelled images. */
export function viewOf(split: SplitImages, { classes, after = [], change }: View): SplitImages {
  const select = (images: ImageSet) => {
    const chosen = classes ? onlyClasses(images, classes, after.length) : images;
    return change ? mapImages(chosen, CHANGES[change]) : chosen;
  };
  return {
    labelled: select(split.labelled),
    validation: select(split.validation),
    unlabelled: select(split.unlabelled),
    test: select(split.test),
  };
}
