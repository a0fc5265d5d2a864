import type { TransformConfig } from '../../../domain/config/transforms.js';
import type { KeyedRandom } from '../../../domain/random.js';
import { expectNumber, refuse } from '../checks.js';
import { channelFill, type Fill } from '../fill.js';
import type { Interpolation } from '../geometry/interpolation.js';
import type { PadMode } from '../geometry/pad-mode.js';
import { planRandomCrop, planResizedCrop, type ResizedCrop } from '../geometry/random-crop.js';
import { type Picture, picture } from '../picture.js';
import type { Box } from '../regions/box.js';
import { type Erasing, planCutout, planErasing } from '../regions/cutout.js';
import { applyTransforms } from '../transforms/transform.js';
import { drawNamed, expectNamed, type NamedOperation } from './named.js';
import type { Plan } from './plan.js';
import { drawOperations, expectPolicy, type OperationPolicy } from './policy.js';

interface Size {
  readonly width: number;
  readonly height: number;
}

type Shape = Omit<Picture, 'data'>;

/** How pictures are augmented: data, as it stands in a configuration. What is left out is not done. */
export interface Policy {
  /** Exact operations, before all else; the pictures must end with the size that they have. */
  readonly transforms?: readonly TransformConfig[];
  /** A random window that is brought back to the picture's size. */
  readonly resizedCrop?: ResizedCrop;
  /** A random window of this size (the picture's own unless given) of the padded picture. */
  readonly crop?: {
    readonly size?: Size;
    /** Pixels on each side, or on the sides and above and below; 4 unless given. */
    readonly padding?: number | readonly [across: number, down: number];
    /** `constant` unless given. */
    readonly mode?: PadMode;
  };
  /** Share of pictures that are mirrored left and right, from 0 to 1. */
  readonly flip?: number;
  /** Done before the policy's. */
  readonly named?: readonly NamedOperation[];
  readonly operations?: OperationPolicy;
  /** Largest side of a filled square, as share of the picture's, from 0 to 1. */
  readonly cutout?: number;
  /** Random erasing, of this share of pictures. */
  readonly erasing?: Erasing & { readonly probability: number };
  /** Of the operations; `nearest` unless given. */
  readonly interpolation?: Interpolation;
  /** 0 unless given; 128 for `noisy-student`. */
  readonly fill?: Fill;
}

/** Transforms are tried on a black picture: what does not suit it suits none. */
function expectTransforms(transforms: readonly TransformConfig[], shape: Shape): void {
  const { width, height } = applyTransforms(picture(shape.width, shape.height, shape.channels), transforms);
  if (width === shape.width && height === shape.height) return;
  const size = `${shape.width} x ${shape.height}`;
  refuse('transforms', `${width} x ${height}`, `the pictures' own ${size} pixels at the end: add a resize`);
}

/**
 * @param shape of the pictures, where it is known: fill and transforms must fit them
 * @throws ConfigurationError when a parameter is out of its range
 */
export function expectDrawable(policy: Policy, shape?: Shape): void {
  if (shape && policy.fill !== undefined) channelFill(policy.fill, shape.channels);
  if (shape && policy.transforms) expectTransforms(policy.transforms, shape);
  expectNumber('flip', policy.flip ?? 0, 0, 1);
  expectNumber('erasing.probability', policy.erasing?.probability ?? 0, 0, 1);
  expectNumber('cutout', policy.cutout ?? 0, 0, 1);
  policy.named?.forEach(expectNamed);
  if (policy.operations) expectPolicy(policy.operations);
}

function drawCrop({ crop }: Policy, size: Size, random: KeyedRandom): Plan['crop'] {
  if (!crop) return undefined;
  const { left, top, width, height } = planRandomCrop(size, crop.size ?? size, crop.padding ?? 4, random);
  return { left, top, width, height, mode: crop.mode ?? 'constant' };
}

function drawBoxes({ cutout = 0, erasing }: Policy, size: Size, random: KeyedRandom): readonly Box[] {
  const boxes: Box[] = [];
  if (cutout > 0) {
    const half = Math.round((cutout * random.uniform() * Math.min(size.width, size.height)) / 2);
    boxes.push(planCutout(size, half, random));
  }
  if (erasing && random.uniform() < erasing.probability) boxes.push(planErasing(size, erasing, random));
  return boxes.filter(({ left, right }) => right > left);
}

/**
 * Draws what a policy does to one picture of a size. Everything hangs on the stream: key it by what the picture
 * is, for example `keyedRandom(seed, 'augment', generation, epoch, example, view)`, and its plan can be drawn again
 * alone.
 */
export function drawPlan(policy: Policy, size: Size, random: KeyedRandom): Plan {
  const transforms = policy.transforms?.filter(({ probability }) => random.uniform() < probability);
  const resizedCrop = policy.resizedCrop && planResizedCrop(size, policy.resizedCrop, random);
  const crop = drawCrop(policy, size, random);
  const cropped = crop ?? size;
  const flip = policy.flip !== undefined && random.uniform() < policy.flip;
  const named = drawNamed(policy.named ?? [], cropped, random);
  const drawn = policy.operations ? drawOperations(policy.operations, cropped, random) : [];
  return {
    ...(transforms && { transforms }),
    ...(resizedCrop && { resizedCrop }),
    ...(crop && { crop }),
    flip,
    operations: [...named, ...drawn],
    erase: drawBoxes(policy, cropped, random),
    interpolation: policy.interpolation ?? 'nearest',
    fill: policy.fill ?? (policy.operations?.kind === 'noisy-student' ? 128 : 0),
  };
}
