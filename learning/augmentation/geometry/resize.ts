import { expectInteger, expectOneOf } from '../checks.js';
import { newPicture } from '../kernels/kernel-memory.js';
import { expectPicture, expectSize, type Picture, type Size } from '../picture.js';
import { affineNearestInto } from './affine-nearest.js';
import type { Kernel } from './contributions.js';
import { crop, type Window } from './crop.js';
import type { Interpolation } from './interpolation.js';
import { resampled } from './resample.js';

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

function nearestInto(source: Picture, target: Picture): void {
  const across = source.width / target.width;
  const down = source.height / target.height;
  affineNearestInto(source, target, [across, 0, 0, 0, down, 0], NO_FILL);
}

/**
 * Scales a picture as Pillow's `Image.resize` does, and torchvision on PIL images: all filters but `nearest` are
 * antialiased when the picture gets smaller.
 */
export function resize(
  source: Picture,
  width: number,
  height: number,
  filter: ResizeFilter = 'bilinear',
): Picture {
  return resizedWindow(source, { width, height }, { left: 0, top: 0, width, height }, filter);
}

/**
 * Computes a window of the scaled picture only; equals `crop` after `resize`.
 * @param window inside the scaled picture
 */
export function resizedWindow(
  source: Picture,
  size: Size,
  window: Window,
  filter: ResizeFilter = 'bilinear',
): Picture {
  expectPicture('picture', source);
  expectSize('size', size.width, size.height);
  expectOneOf('filter', filter, RESIZE_FILTERS);
  const { left, top, width, height } = window;
  expectInteger('window.width', width, 1, size.width);
  expectInteger('window.height', height, 1, size.height);
  expectInteger('window.left', left, 0, size.width - width);
  expectInteger('window.top', top, 0, size.height - height);
  if (size.width === source.width && size.height === source.height) return crop(source, window);
  if (filter !== 'nearest') return resampled(source, size, window, KERNELS[filter]);
  return crop(newPicture(source, nearestInto, size), window);
}
