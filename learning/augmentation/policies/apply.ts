import { channelFill } from '../fill.js';
import { cropInto, rowsShown } from '../geometry/crop.js';
import { isInMemory, placePictures, type Shape } from '../kernels/kernel-memory.js';
import { expectPicture, type Picture } from '../picture.js';
import { eraseInPlace } from '../regions/box.js';
import { expectBoxes, expectPlan } from './expect-plan.js';
import { OPERATIONS, type Operation } from './operations.js';
import type { Plan } from './plan.js';
import { transformAndCrop } from './transform-and-crop.js';

function isSame(one: Shape, other: Shape): boolean {
  return one.width === other.width && one.height === other.height && one.channels === other.channels;
}

/** Buffers in the kernels' memory in which plans are applied, reused for pictures of the same shape. */
export class Workspace {
  private shapes: readonly [Shape, Shape] | undefined;
  private places: readonly [source: Picture, one: Picture, other: Picture] | undefined;

  /** Places for a source and two targets, with undefined content. */
  for(source: Shape, target: Shape): readonly [source: Picture, one: Picture, other: Picture] {
    const known = this.shapes && isSame(this.shapes[0], source) && isSame(this.shapes[1], target);
    // Growing the memory invalidates earlier places.
    if (known && isInMemory(this.places![0])) return this.places!;
    this.shapes = [source, target];
    this.places = placePictures(source, target, target) as [Picture, Picture, Picture];
    return this.places;
  }
}

function operationOf(name: keyof typeof OPERATIONS): Operation {
  return OPERATIONS[name];
}

/**
 * Applies a plan without checks or allocation of pixels: the source is copied into the kernels' memory once, and the
 * result out of it. The target has the crop's size if there is a crop, otherwise the source's.
 */
export function applyPlanInto(plan: Plan, clean: Picture, target: Picture, workspace: Workspace): void {
  const picture = transformAndCrop(plan, clean);
  const fill = channelFill(plan.fill, picture.channels);
  const { crop, flip, interpolation } = plan;
  const { source, left, top } = crop
    ? rowsShown(picture, crop, crop.mode)
    : { source: picture, left: 0, top: 0 };
  let [current, other, third] = workspace.for(source, target);
  current.data.set(source.data);
  if (crop || flip) {
    cropInto(current, other, left, top, crop?.mode ?? 'constant', fill, flip);
    [current, other] = [other, third];
  }
  for (const planned of plan.operations) {
    const { inPlace, apply } = operationOf(planned.name);
    apply(current, inPlace ? current : other, planned.magnitude, interpolation, fill, planned);
    if (!inPlace) [current, other] = [other, current];
  }
  for (const box of plan.erase) eraseInPlace(current, box, fill);
  target.data.set(current.data);
}

/**
 * Applies a plan to a picture.
 * @throws ConfigurationError for an unknown name, or a magnitude, window or box out of its range
 */
export function applyPlan(plan: Plan, source: Picture): Picture {
  expectPicture('picture', source);
  const { channels } = source;
  expectPlan(plan, channels);
  const ready = transformAndCrop(plan, source);
  const { width, height } = plan.crop ?? ready;
  expectBoxes(plan, { width, height });
  const target = { width, height, channels, data: new Uint8Array(width * height * channels) };
  const { transforms, resizedCrop, ...rest } = plan;
  applyPlanInto(rest, ready, target, new Workspace());
  return target;
}
