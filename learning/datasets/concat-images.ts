import type { ImageSet } from './image-set.js';

/** Concatenates two sets of images of one shape. */
export function concatImages(first: ImageSet, second: ImageSet): ImageSet {
  const at = <T>(position: number, use: (images: ImageSet, position: number) => T): T =>
    position < first.count ? use(first, position) : use(second, position - first.count);
  return {
    shape: first.shape,
    count: first.count + second.count,
    copy: (position, target, offset) => at(position, (images, own) => images.copy(own, target, offset)),
    label: (position) => at(position, (images, own) => images.label(own)),
  };
}

/** Returns a set without images, of the same shape. */
export function emptyLike({ shape }: ImageSet): ImageSet {
  const none = (position: number): never => {
    throw new RangeError(`position: received ${position}, of a set without images`);
  };
  return { shape, count: 0, copy: none, label: none };
}
