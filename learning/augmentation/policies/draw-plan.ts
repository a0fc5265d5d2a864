import type { TransformConfig } from '../../../domain/config/transforms.js';
import type { KeyedRandom } from '../../../domain/random.js';
import { expectInteger, expectNumber, expectOneOf, refuse } from '../checks.js';
import { channelFill, type Fill } from '../fill.js';
import { INTERPOLATIONS, type Interpolation } from '../geometry/interpolation.js';
import { PAD_MODES, type PadMode } from '../geometry/pad-mode.js';
import {
  expectResizedCrop,
  planRandomCrop,
  planResizedCrop,
  type ResizedCrop,
} from '../geometry/random-crop.js';
import { expectSize, LARGEST_SIDE, type Picture, picture, type Size } from '../picture.js';
import { areaOf, type Box } from '../regions/box.js';
import { type Erasing, expectErasing, planCutout, planErasing } from '../regions/cutout.js';
import { applyTransforms, expectTransforms } from '../transforms/transform.js';
import { drawNamed, expectNamed, type NamedOperation } from './named.js';
import type { Plan } from './plan.js';
import { drawOperations, expectPolicy, type OperationPolicy } from './policy.js';

type Shape = Omit<Picture, 'data'>;

/** Augmentation of pictures, as plain data. Absent parts are skipped. */
export interface Augmentation {
  /** Exact operations, applied first; together they must keep the size of the pictures. */
  readonly transforms?: readonly TransformConfig[];
  /** A random window, resized to the picture's size. */
  readonly resizedCrop?: ResizedCrop;
  /** A random window of the padded picture; default size: the picture's. */
  readonly crop?: {
    readonly size?: Size;
    /** Pixels on all sides, or [left and right, top and bottom]; default: 4. */
    readonly padding?: number | readonly [across: number, down: number];
    /** Default: `constant`. */
    readonly mode?: PadMode;
  };
  /** Probability of mirroring left and right, 0 to 1. */
  readonly flip?: number;
  /** Operations by name, applied before the policy's. */
  readonly operations?: readonly NamedOperation[];
  readonly policy?: OperationPolicy;
  /** Largest side of a filled square, as share of the picture's shorter side, 0 to 1. */
  readonly cutout?: number;
  /** Random erasing with this probability. */
  readonly erasing?: Erasing & { readonly probability: number };
  /** Interpolation of the operations; default: `nearest`. */
  readonly interpolation?: Interpolation;
  /** Default: 0, or 128 for `noisy-student`. */
  readonly fill?: Fill;
}

/**
 * Applies the transforms to a black picture: those that fail on one picture fail on all of its size. A transform with a
 * probability below 1 is both applied and skipped, so that the next ones are tried on either size.
 */
function expectSuitable(transforms: readonly TransformConfig[], shape: Shape): void {
  let possible: readonly Picture[] = [picture(shape.width, shape.height, shape.channels)];
  for (const one of transforms) {
    const done = possible.map((before) => applyTransforms(before, [one]));
    const all = one.probability < 1 ? [...possible, ...done] : done;
    possible = [...new Map(all.map((made) => [`${made.width} x ${made.height}`, made])).values()];
  }
  const other = possible.find(({ width, height }) => width !== shape.width || height !== shape.height);
  if (!other) return;
  const size = `${shape.width} x ${shape.height}`;
  refuse(
    'transforms',
    `${other.width} x ${other.height}`,
    `the pictures' own ${size} pixels at the end: add a resize`,
  );
}

function expectCrop({ size, padding = 4, mode = 'constant' }: NonNullable<Augmentation['crop']>): void {
  if (size) expectSize('crop.size', size.width, size.height);
  for (const pixels of [padding].flat()) expectInteger('crop.padding', pixels, 0, LARGEST_SIDE);
  expectOneOf('crop.mode', mode, PAD_MODES);
}

/**
 * Checks an augmentation before plans are drawn from it.
 * @param shape of the pictures, if known: fill and transforms must fit it
 * @throws ConfigurationError for an unknown name, or a parameter out of its range
 */
export function expectDrawable(augmentation: Augmentation, shape?: Shape): void {
  if (shape && augmentation.fill !== undefined) channelFill(augmentation.fill, shape.channels);
  if (augmentation.transforms) expectTransforms(augmentation.transforms);
  if (shape && augmentation.transforms) expectSuitable(augmentation.transforms, shape);
  if (augmentation.resizedCrop) expectResizedCrop(augmentation.resizedCrop);
  if (augmentation.crop) expectCrop(augmentation.crop);
  if (augmentation.erasing) expectErasing(augmentation.erasing);
  expectOneOf('interpolation', augmentation.interpolation ?? 'nearest', INTERPOLATIONS);
  expectNumber('flip', augmentation.flip ?? 0, 0, 1);
  expectNumber('erasing.probability', augmentation.erasing?.probability ?? 0, 0, 1);
  expectNumber('cutout', augmentation.cutout ?? 0, 0, 1);
  augmentation.operations?.forEach(expectNamed);
  if (augmentation.policy) expectPolicy(augmentation.policy);
}

function drawCrop({ crop }: Augmentation, size: Size, random: KeyedRandom): Plan['crop'] {
  if (!crop) return undefined;
  const { left, top, width, height } = planRandomCrop(size, crop.size ?? size, crop.padding ?? 4, random);
  return { left, top, width, height, mode: crop.mode ?? 'constant' };
}

function drawBoxes({ cutout = 0, erasing }: Augmentation, size: Size, random: KeyedRandom): readonly Box[] {
  const boxes: Box[] = [];
  if (cutout > 0) {
    const half = Math.round((cutout * random.uniform() * Math.min(size.width, size.height)) / 2);
    boxes.push(planCutout(size, half, random));
  }
  if (erasing && random.uniform() < erasing.probability) boxes.push(planErasing(size, erasing, random));
  return boxes.filter((box) => areaOf(box) > 0);
}

/**
 * Draws the augmentation of one picture of a size. The plan depends only on the random stream: with a key for each
 * picture, for example `keyedRandom(seed, 'augment', generation, stream, epoch, example)`, it can be drawn again.
 * The augmentation must be checked, see {@link expectDrawable}.
 */
export function drawPlan(augmentation: Augmentation, size: Size, random: KeyedRandom): Plan {
  const transforms = augmentation.transforms?.filter(({ probability }) => random.uniform() < probability);
  const resizedCrop = augmentation.resizedCrop && planResizedCrop(size, augmentation.resizedCrop, random);
  const crop = drawCrop(augmentation, size, random);
  const cropped = crop ?? size;
  const flip = augmentation.flip !== undefined && random.uniform() < augmentation.flip;
  const named = drawNamed(augmentation.operations ?? [], cropped, random);
  const drawn = augmentation.policy ? drawOperations(augmentation.policy, cropped, random) : [];
  return {
    ...(transforms && { transforms }),
    ...(resizedCrop && { resizedCrop }),
    ...(crop && { crop }),
    flip,
    operations: [...named, ...drawn],
    erase: drawBoxes(augmentation, cropped, random),
    interpolation: augmentation.interpolation ?? 'nearest',
    fill: augmentation.fill ?? (augmentation.policy?.kind === 'noisy-student' ? 128 : 0),
  };
}
