import type { ImageSet } from '../../learning/datasets/image-set.js';

const SIDE = 8;

/** Gray 8 x 8 images of one value each, in memory. */
export function imagesOf(values: readonly number[], labels: readonly number[]): ImageSet {
  return {
    shape: { height: SIDE, width: SIDE, channels: 1 },
    count: values.length,
    copy(position, target, offset) {
      target.fill(values[position]!, offset, offset + SIDE * SIDE);
    },
    label: (position) => labels[position]!,
  };
}
