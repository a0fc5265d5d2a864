import { expectNumber } from '../checks.js';
import type { ChannelFill } from '../fill.js';
import type { Picture } from '../picture.js';
import { affineInto, type Sampling, warped } from './affine.js';
import type { Interpolation } from './interpolation.js';

/** See {@link zoom}. The target is another buffer of the same shape. */
export function zoomInto(
  source: Picture,
  target: Picture,
  factor: number,
  interpolation: Interpolation,
  fill: ChannelFill,
): void {
  const step = 1 / factor;
  const across = (source.width * (1 - step)) / 2;
  const down = (source.height * (1 - step)) / 2;
  affineInto(source, target, [step, 0, across, 0, step, down], interpolation, fill);
}

/**
 * Scales the picture's content around its centre; the size stays (torchvision's `affine(scale)`).
 * @param factor 0.01 to 100; above 1 the border is cut off, below 1 the fill is visible
 */
export function zoom(source: Picture, factor: number, sampling: Sampling = {}): Picture {
  expectNumber('factor', factor, 0.01, 100);
  return warped(source, sampling, (from, to, interpolation, fill) =>
    zoomInto(from, to, factor, interpolation, fill),
  );
}
