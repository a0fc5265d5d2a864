import type { ImageShape } from '../../domain/records.js';
import type { Picture } from '../augmentation/picture.js';

/** Images in memory as the trainer wants them: by position, packed, uint8, row by row, channels last. */
export interface ImageSet {
  readonly shape: ImageShape;
  readonly count: number;
  /** Copies image `position` (height * width * channels bytes) to `target` from `offset` on. */
  copy(position: number, target: Uint8Array, offset: number): void;
  /** Class of image `position`; -1 where it has none (or may not be looked at). */
  label(position: number): number;
}

/** The four parts of a data set; no image is in two of them. */
export interface SplitImages {
  readonly labelled: ImageSet;
  readonly validation: ImageSet;
  readonly unlabelled: ImageSet;
  readonly test: ImageSet;
}

/** Classes of all images, by position. */
export function labelsOf(images: ImageSet): Int32Array {
  return Int32Array.from({ length: images.count }, (_, position) => images.label(position));
}

/** How many images each class has; those without a label count nowhere. */
export function countByClass(labels: Int32Array, classes: number): number[] {
  const counts = new Array<number>(classes).fill(0);
  for (const label of labels) if (label >= 0) counts[label]!++;
  return counts;
}

/** Some images of a set, by their positions in it. */
export function someOf(images: ImageSet, positions: ArrayLike<number>): ImageSet {
  const inSet = (position: number) => {
    const own = positions[position];
    if (own !== undefined) return own;
    throw new RangeError(`position: received ${position}, expected 0 to ${positions.length - 1}`);
  };
  return {
    shape: images.shape,
    count: positions.length,
    copy: (position, target, offset) => images.copy(inSet(position), target, offset),
    label: (position) => images.label(inSet(position)),
  };
}

/** An image of a set by itself. */
export function pictureOf(images: ImageSet, position: number): Picture {
  const { width, height, channels } = images.shape;
  const data = new Uint8Array(width * height * channels);
  images.copy(position, data, 0);
  return { width, height, channels, data };
}

/**
 * Images that are made from others as they are asked for.
 * @param change to a picture of the same size; the same each time for a position
 */
export function mapImages(
  images: ImageSet,
  change: (picture: Picture, position: number) => Picture,
): ImageSet {
  return {
    shape: images.shape,
    count: images.count,
    copy: (position, target, offset) =>
      target.set(change(pictureOf(images, position), position).data, offset),
    label: (position) => images.label(position),
  };
}
