import type { AugmentationConfig } from '../../domain/config/augmentation.js';
import { keyedRandom } from '../../domain/random.js';
import {
  applyPlan,
  drawPlan,
  invert,
  type Picture,
  picture,
  policyOf,
  rotate90,
  rotate180,
} from '../../learning/augmentation/index.js';
import type { ImageSet, SplitImages } from '../../learning/datasets/image-set.js';
import type { View } from './recipe.js';

/** Images that are made from others as they are asked for, by position. */
export function mapImages(images: ImageSet, change: (image: Picture, position: number) => Picture): ImageSet {
  const { height, width, channels } = images.shape;
  return {
    shape: images.shape,
    count: images.count,
    label: (position) => images.label(position),
    copy(position, target, offset) {
      const image = picture(width, height, channels);
      images.copy(position, image.data, 0);
      target.set(change(image, position).data, offset);
    },
  };
}

/** The images of some classes, numbered anew in the order of `classes`, from `first` on. */
export function onlyClasses(images: ImageSet, classes: readonly number[], first = 0): ImageSet {
  const positions: number[] = [];
  for (let position = 0; position < images.count; position++) {
    if (classes.includes(images.label(position))) positions.push(position);
  }
  return {
    shape: images.shape,
    count: positions.length,
    label: (position) => first + classes.indexOf(images.label(positions[position]!)),
    copy: (position, target, offset) => images.copy(positions[position]!, target, offset),
  };
}

/** One augmented version of each image, as a training of this generation would draw it first. */
export function augmented(
  images: ImageSet,
  augmentation: AugmentationConfig,
  ...key: (number | string)[]
): ImageSet {
  const policy = policyOf(augmentation, images.shape);
  return mapImages(images, (image, position) =>
    applyPlan(drawPlan(policy, images.shape, keyedRandom(...key, position)), image),
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
