import { expectNumber, expectOneOf } from '../checks.js';
import { channelFill } from '../fill.js';
import { cropInto } from '../geometry/crop.js';
import { flipHorizontalInto } from '../geometry/flip.js';
import { copyInto, expectPicture, type Picture } from '../picture.js';
import { eraseInPlace, expectBox } from '../regions/box.js';
import { OPERATION_NAMES, OPERATIONS, type Operation } from './operations.js';
import type { Plan } from './plan.js';
import { prepared } from './prepared.js';

/** Buffers that applying plans needs besides source and target; grown as needed, then kept. */
export class Workspace {
  private bytes = new Uint8Array(0);

  /** A picture of the same shape, with any content. */
  like({ width, height, channels, data }: Picture): Picture {
    if (this.bytes.length < data.length) this.bytes = new Uint8Array(data.length);
    return { width, height, channels, data: this.bytes.subarray(0, data.length) };
  }
}

function operationOf(name: keyof typeof OPERATIONS): Operation {
  return OPERATIONS[name];
}

/**
 * Applies a plan without checks or allocation of pixels. The target is another buffer, of the crop's size if
 * there is a crop and of the source's otherwise.
 */
export function applyPlanInto(plan: Plan, clean: Picture, target: Picture, workspace: Workspace): void {
  const source = prepared(plan, clean);
  const fill = channelFill(plan.fill, source.channels);
  let current = target;
  let other = workspace.like(target);
  // Begins in the buffer from which the last operation ends in the target.
  for (const { name } of plan.operations) {
    if (!operationOf(name).inPlace) [current, other] = [other, current];
  }
  if (plan.crop) {
    const { left, top, mode } = plan.crop;
    cropInto(source, current, left, top, mode, fill, plan.flip);
  } else if (plan.flip) flipHorizontalInto(source, current);
  else copyInto(source, current);
  for (const planned of plan.operations) {
    const { name, magnitude } = planned;
    const operation = operationOf(name);
    if (operation.inPlace) operation.apply(current, current, magnitude, plan.interpolation, fill, planned);
    else {
      operation.apply(current, other, magnitude, plan.interpolation, fill, planned);
      [current, other] = [other, current];
    }
  }
  for (const box of plan.erase) eraseInPlace(current, box, fill);
}

/**
 * Applies a plan to a picture.
 * @throws ConfigurationError for an unknown operation, or a magnitude or box out of its range
 */
export function applyPlan(plan: Plan, source: Picture): Picture {
  expectPicture('picture', source);
  const ready = prepared(plan, source);
  const { width, height } = plan.crop ?? ready;
  for (const { name, magnitude, box } of plan.operations) {
    expectOneOf('operation', name, OPERATION_NAMES);
    expectNumber(`${name}.magnitude`, magnitude, ...operationOf(name).range);
    if (box) expectBox(`${name}.box`, box, { width, height });
  }
  const { channels } = source;
  const target = { width, height, channels, data: new Uint8Array(width * height * channels) };
  expectPicture('plan.crop', target);
  for (const box of plan.erase) expectBox('erase', box, target);
  const { transforms, resizedCrop, ...rest } = plan;
  applyPlanInto(rest, ready, target, new Workspace());
  return target;
}
