import type { ImageSet } from '../datasets/image-set.js';

/** The same images with their classes by another numbering: `numbers[old]` is the new one. */
export function renumbered(numbers: readonly number[], images: ImageSet): ImageSet {
  return {
    shape: images.shape,
    count: images.count,
    copy: (position, target, offset) => images.copy(position, target, offset),
    label: (position) => {
      const label = images.label(position);
      return label < 0 ? label : numbers[label]!;
    },
  };
}

/** Two sets of images of one shape, one after the other. */
export function together(first: ImageSet, second: ImageSet): ImageSet {
  const at = <T>(position: number, use: (images: ImageSet, position: number) => T): T =>
    position < first.count ? use(first, position) : use(second, position - first.count);
  return {
    shape: first.shape,
    count: first.count + second.count,
    copy: (position, target, offset) => at(position, (images, own) => images.copy(own, target, offset)),
    label: (position) => at(position, (images, own) => images.label(own)),
  };
}
