import type { KeyedRandom } from '../../../domain/random.js';
import { expectNumber } from '../checks.js';
import type { Fill } from '../fill.js';
import type { Interpolation } from '../geometry/interpolation.js';
import type { PadMode } from '../geometry/pad-mode.js';
import { planRandomCrop } from '../geometry/random-crop.js';
import type { Box } from '../regions/box.js';
import { type Erasing, planErasing } from '../regions/cutout.js';
import type { Plan } from './plan.js';
import { drawOperations, expectPolicy, type OperationPolicy } from './policy.js';

interface Size {
  readonly width: number;
  readonly height: number;
}

/** How pictures are augmented: data, as it stands in a configuration. What is left out is not done. */
export interface Policy {
  /** A random window of this size (the picture's own unless given) of the padded picture. */
  readonly crop?: {
    readonly size?: Size;
    /** Pixels on each side; 4 unless given. */
    readonly padding?: number;
    /** `constant` unless given. */
    readonly mode?: PadMode;
  };
  /** Share of pictures that are mirrored left and right, from 0 to 1. */
  readonly flip?: number;
  readonly operations?: OperationPolicy;
  /** Random erasing, of this share of pictures. */
  readonly erasing?: Erasing & { readonly probability: number };
  /** Of the operations; `nearest` unless given. */
  readonly interpolation?: Interpolation;
  /** 0 unless given; 128 for `noisy-student`. */
  readonly fill?: Fill;
}

/** @throws ConfigurationError when a parameter is out of its range */
export function expectDrawable(policy: Policy): void {
  expectNumber('flip', policy.flip ?? 0, 0, 1);
  expectNumber('erasing.probability', policy.erasing?.probability ?? 0, 0, 1);
  if (policy.operations) expectPolicy(policy.operations);
}

function drawCrop({ crop }: Policy, size: Size, random: KeyedRandom): Plan['crop'] {
  if (!crop) return undefined;
  const { left, top, width, height } = planRandomCrop(size, crop.size ?? size, crop.padding ?? 4, random);
  return { left, top, width, height, mode: crop.mode ?? 'constant' };
}

function drawErasing({ erasing }: Policy, size: Size, random: KeyedRandom): readonly Box[] {
  if (!erasing || random.uniform() >= erasing.probability) return [];
  const box = planErasing(size, erasing, random);
  return box.right > box.left ? [box] : [];
}

/**
 * Draws what a policy does to one picture of a size. Everything hangs on the stream: key it by what the picture
 * is, for example `keyedRandom(seed, 'augment', generation, epoch, example, view)`, and its plan can be drawn again
 * alone.
 */
export function drawPlan(policy: Policy, size: Size, random: KeyedRandom): Plan {
  const crop = drawCrop(policy, size, random);
  const cropped = crop ?? size;
  const flip = policy.flip !== undefined && random.uniform() < policy.flip;
  const operations = policy.operations ? drawOperations(policy.operations, cropped, random) : [];
  return {
    ...(crop && { crop }),
    flip,
    operations,
    erase: drawErasing(policy, cropped, random),
    interpolation: policy.interpolation ?? 'nearest',
    fill: policy.fill ?? (policy.operations?.kind === 'noisy-student' ? 128 : 0),
  };
}
