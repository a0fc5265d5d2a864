import { type ChannelFill, paint, wordOf } from '../fill.js';
import { kernelArguments } from '../kernels/kernel-memory.js';
import { kernels } from '../kernels/kernels.js';
import type { Picture } from '../picture.js';
import type { AffineMatrix } from './affine-nearest.js';

/**
 * Pillow's affine transform with BILINEAR, in its arithmetic (doubles; fractions are truncated). Target pixels
 * whose centre comes from outside the source get the fill; at the border the last pixel is repeated.
 */
export function affineBilinearInto(
  source: Picture,
  target: Picture,
  matrix: AffineMatrix,
  fill: ChannelFill,
): void {
  kernels.copyBilinear(...kernelArguments(source, target), ...matrix, wordOf(fill));
}

function cubic(before: number, here: number, after: number, beyond: number, along: number): number {
  const second = -before + after;
  const third = 2 * (before - here) + after - beyond;
  const fourth = -before + here - after + beyond;
  return here + along * (second + along * (third + along * fourth));
}

function clip(index: number, length: number): number {
  return index < 0 ? 0 : index < length ? index : length - 1;
}

/** As {@link affineBilinearInto}, with Pillow's BICUBIC (a = -1 there) over 4 x 4 pixels. */
export function affineBicubicInto(
  source: Picture,
  target: Picture,
  matrix: AffineMatrix,
  fill: ChannelFill,
): void {
  const { width, height, channels } = source;
  const [a, b, c, d, e, f] = matrix;
  const from = source.data;
  const to = target.data;
  let pixel = 0;
  for (let y = 0; y < target.height; y++) {
    for (let x = 0; x < target.width; x++, pixel++) {
      const atX = a * (x + 0.5) + b * (y + 0.5) + c;
      const atY = d * (x + 0.5) + e * (y + 0.5) + f;
      if (!(atX >= 0 && atX < width && atY >= 0 && atY < height)) {
        paint(target, pixel, pixel + 1, fill);
        continue;
      }
      const left = Math.floor(atX - 0.5);
      const top = Math.floor(atY - 0.5);
      const right = atX - 0.5 - left;
      const down = atY - 0.5 - top;
      const x0 = clip(left - 1, width);
      const x1 = clip(left, width);
      const x2 = clip(left + 1, width);
      const x3 = clip(left + 2, width);
      for (let channel = 0; channel < channels; channel++) {
        // Rows below the picture repeat the last value; rows above it the first row's.
        const line = (row: number): number => {
          const base = clip(row, height) * width;
          return cubic(
            from[(base + x0) * channels + channel]!,
            from[(base + x1) * channels + channel]!,
            from[(base + x2) * channels + channel]!,
            from[(base + x3) * channels + channel]!,
            right,
          );
        };
        const value = cubic(line(top - 1), line(top), line(top + 1), line(top + 2), down);
        to[pixel * channels + channel] = value <= 0 ? 0 : value >= 255 ? 255 : value;
      }
    }
  }
}
