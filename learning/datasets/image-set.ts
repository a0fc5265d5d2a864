import type { ImageShape } from '../../domain/records.js';
import type { Picture } from '../augmentation/picture.js';

/** Images in memory, by position: packed uint8, row by row, channels last. */
export interface ImageSet {
  readonly shape: ImageShape;
  readonly count: number;
  /** Copies image `position` (height * width * channels bytes) to `target` from `offset` on. */
  copy(position: number, target: Uint8Array, offset: number): void;
  /** Class of image `position`; -1 if it has none, or its label is hidden. */
  label(position: number): number;
}

/** The four splits of a data set; no image is in two of them. */
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

/** Number of images of each class; images without a label are not counted. */
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

/** Copies an image out of a set. */
export function pictureOf(images: ImageSet, position: number): Picture {
  const { width, height, channels } = images.shape;
  const data = new Uint8Array(width * height * channels);
  images.copy(position, data, 0);
  return { width, height, channels, data };
}

/**
 * Returns a set whose images are computed from another set's on each access.
 * @param change returns a picture of the same size; must be deterministic for a position
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
