import type { AugmentationConfig } from '../../domain/config/training.js';
import type { KeyedRandom } from '../../domain/random.js';
import type { ImageShape } from '../../domain/records.js';

/** What will be done to one image: data, so it can be printed, stored and repeated. Lengths are pixels. */
export interface AugmentationPlan {
  readonly flip: boolean;
  /** Window that is cut out, before it is scaled back to the full size. */
  readonly crop: {
    readonly top: number;
    readonly left: number;
    readonly height: number;
    readonly width: number;
  };
  /** Whole pixels down and to the right. */
  readonly shift: { readonly down: number; readonly right: number };
  /** Box painted gray at the end, already cut at the border; empty for none. */
  readonly erase: {
    readonly top: number;
    readonly left: number;
    readonly bottom: number;
    readonly right: number;
  };
}

/** Middle gray: neither background nor object (as Noisy Student's code fills). */
const ERASED = 128;

function between(random: KeyedRandom, limit: number): number {
  return random.integer(2 * limit + 1) - limit;
}

/** Draws what to do to one image. */
export function planAugmentation(
  config: AugmentationConfig,
  shape: ImageShape,
  random: KeyedRandom,
): AugmentationPlan {
  const flip = random.uniform() < 0.5 && config.flip;
  const kept = 1 - config.crop * random.uniform();
  const height = shape.height * kept;
  const width = shape.width * kept;
  const crop = {
    top: (shape.height - height) * random.uniform(),
    left: (shape.width - width) * random.uniform(),
    height,
    width,
  };
  const shift = {
    down: between(random, Math.round(config.shift * shape.height)),
    right: between(random, Math.round(config.shift * shape.width)),
  };
  return { flip, crop, shift, erase: planErase(config.erase, shape, random) };
}

/** A square whose centre is anywhere in the image, so part of it may lie outside (DeVries and Taylor 2017). */
function planErase(
  largest: number,
  { height, width }: ImageShape,
  random: KeyedRandom,
): AugmentationPlan['erase'] {
  const side = largest * random.uniform();
  const row = random.uniform() * height;
  const column = random.uniform() * width;
  return {
    top: Math.max(0, Math.round(row - (side * height) / 2)),
    left: Math.max(0, Math.round(column - (side * width) / 2)),
    bottom: Math.min(height, Math.round(row + (side * height) / 2)),
    right: Math.min(width, Math.round(column + (side * width) / 2)),
  };
}

function clamp(value: number, last: number): number {
  return value < 0 ? 0 : value > last ? last : value;
}

/** Flip and shift alone: whole pixels, copied. The border is repeated. */
function moveWholePixels(
  plan: AugmentationPlan,
  shape: ImageShape,
  source: Uint8Array,
  target: Uint8Array,
  offset: number,
): void {
  const { height, width, channels } = shape;
  for (let y = 0; y < height; y++) {
    const row = clamp(y - plan.shift.down, height - 1) * width;
    for (let x = 0; x < width; x++) {
      const column = clamp(x - plan.shift.right, width - 1);
      const from = (row + (plan.flip ? width - 1 - column : column)) * channels;
      const to = offset + (y * width + x) * channels;
      for (let channel = 0; channel < channels; channel++) target[to + channel] = source[from + channel]!;
    }
  }
}

/** With a crop: each target pixel is interpolated (bilinear, pixel centres at one half). */
function resample(
  plan: AugmentationPlan,
  shape: ImageShape,
  source: Uint8Array,
  target: Uint8Array,
  offset: number,
): void {
  const { height, width, channels } = shape;
  for (let y = 0; y < height; y++) {
    const sourceY = plan.crop.top + ((y - plan.shift.down + 0.5) * plan.crop.height) / height - 0.5;
    const top = Math.floor(sourceY);
    const down = sourceY - top;
    const rowAbove = clamp(top, height - 1) * width;
    const rowBelow = clamp(top + 1, height - 1) * width;
    for (let x = 0; x < width; x++) {
      const shifted = x - plan.shift.right + 0.5;
      const along = ((plan.flip ? width - shifted : shifted) * plan.crop.width) / width;
      const sourceX = plan.crop.left + along - 0.5;
      const left = Math.floor(sourceX);
      const right = sourceX - left;
      const columnLeft = clamp(left, width - 1);
      const columnRight = clamp(left + 1, width - 1);
      const to = offset + (y * width + x) * channels;
      for (let channel = 0; channel < channels; channel++) {
        const above =
          source[(rowAbove + columnLeft) * channels + channel]! * (1 - right) +
          source[(rowAbove + columnRight) * channels + channel]! * right;
        const below =
          source[(rowBelow + columnLeft) * channels + channel]! * (1 - right) +
          source[(rowBelow + columnRight) * channels + channel]! * right;
        target[to + channel] = Math.round(above * (1 - down) + below * down);
      }
    }
  }
}

/**
 * Applies a plan to one packed uint8 image (row by row, channels last), writing to `target` from `offset`.
 * Crop first, then flip, then shift, then erase; outside the image its border is repeated.
 */
export function applyAugmentation(
  plan: AugmentationPlan,
  shape: ImageShape,
  source: Uint8Array,
  target: Uint8Array,
  offset: number,
): void {
  const whole = plan.crop.height === shape.height && plan.crop.width === shape.width;
  (whole ? moveWholePixels : resample)(plan, shape, source, target, offset);
  const { top, left, bottom, right } = plan.erase;
  for (let y = top; y < bottom; y++) {
    const row = offset + y * shape.width * shape.channels;
    target.fill(ERASED, row + left * shape.channels, row + right * shape.channels);
  }
}
