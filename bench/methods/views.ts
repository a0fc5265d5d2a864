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

/** The images of some classes, numbered anew in the order of `classes`, from `first` on. */
export function onlyClasses(images: ImageSet, classes: readonly number[], first = 0): ImageSet {
  const positions: number[] = [];
  for (let position = 0; position < images.count; position++) {
    if (classes.includes(images.label(position))) positions.push(position);
  }
  const chosen = someOf(images, positions);
  return { ...chosen, label: (position) => first + classes.indexOf(chosen.label(position)) };
}

/** One augmented version of each image, as a training of this generation would draw it first. */
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
  // Only a square keeps its shape in a quarter turn.
  rotated: (image) => (image.width === image.height ? rotate90(image) : rotate180(image)),
};

/** A data set as a recipe looks at it; of some classes only, there are no unlabelled images. */
export function viewOf(split: SplitImages, { classes, after = [], change }: View): SplitImages {
  const seen = (images: ImageSet) => {
    const chosen = classes ? onlyClasses(images, classes, after.length) : images;
    return change ? mapImages(chosen, CHANGES[change]) : chosen;
  };
  return {
    labelled: seen(split.labelled),
    validation: seen(split.validation),
    unlabelled: seen(split.unlabelled),
    test: seen(split.test),
  };
}
