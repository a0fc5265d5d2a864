import { expectOneOf } from '../checks.js';
import { changed } from '../kernels/placed.js';
import { copyInto, expectPicture, expectSize, type Picture } from '../picture.js';
import { affineNearestInto } from './affine-nearest.js';
import type { Interpolation } from './interpolation.js';
import { type Kernel, resampleInto } from './resample.js';

/** Pillow's filters of `Image.resize`. */
export type ResizeFilter = Interpolation | 'box' | 'hamming' | 'lanczos';

function sinc(x: number): number {
  return x === 0 ? 1 : Math.sin(x * Math.PI) / (x * Math.PI);
}

function bicubic(distance: number): number {
  const x = Math.abs(distance);
  const a = -0.5;
  if (x < 1) return ((a + 2) * x - (a + 3)) * x * x + 1;
  return x < 2 ? (((x - 5) * x + 8) * x - 4) * a : 0;
}

const KERNELS: Record<Exclude<ResizeFilter, 'nearest'>, Kernel> = {
  box: { reach: 0.5, weight: (x) => (x > -0.5 && x <= 0.5 ? 1 : 0) },
  bilinear: { reach: 1, weight: (x) => (Math.abs(x) < 1 ? 1 - Math.abs(x) : 0) },
  hamming: {
    reach: 1,
    weight: (x) =>
      Math.abs(x) >= 1
        ? 0
        : sinc(Math.abs(x)) * (Math.fround(0.54) + Math.fround(0.46) * Math.cos(Math.abs(x) * Math.PI)),
  },
  bicubic: { reach: 2, weight: bicubic },
  lanczos: { reach: 3, weight: (x) => (x >= -3 && x < 3 ? sinc(x) * sinc(x / 3) : 0) },
};
export const RESIZE_FILTERS: readonly ResizeFilter[] = ['nearest', ...(Object.keys(KERNELS) as 'box'[])];

const NO_FILL = new Uint8Array(3);

/** Scales to the target's size. The target is another buffer. */
export function resizeInto(source: Picture, target: Picture, filter: ResizeFilter): void {
  const { width, height } = target;
  if (width === source.width && height === source.height) copyInto(source, target);
  else if (filter !== 'nearest') resampleInto(source, target, KERNELS[filter]);
  else {
    const across = source.width / width;
    const down = source.height / height;
    affineNearestInto(source, target, [across, 0, 0, 0, down, 0], NO_FILL);
  }
}

/**
 * Scales a picture as Pillow's `Image.resize` does, and with it torchvision on PIL images: all but `nearest` are
 * antialiased when the picture gets smaller.
 */
export function resize(
  source: Picture,
  width: number,
  height: number,
  filter: ResizeFilter = 'bilinear',
): Picture {
  expectPicture('picture', source);
  expectSize('size', width, height);
  expectOneOf('filter', filter, RESIZE_FILTERS);
  return changed(source, (from, to) => resizeInto(from, to, filter), { width, height });
}
