import { expectInteger, expectNumber, expectOneOf } from '../checks.js';
import { channelFill } from '../fill.js';
import type { Window } from '../geometry/crop.js';
import { INTERPOLATIONS } from '../geometry/interpolation.js';
import { PAD_MODES } from '../geometry/pad-mode.js';
import { type Channels, expectSize, LARGEST_SIDE } from '../picture.js';
import { expectBox } from '../regions/box.js';
import { expectTransforms } from '../transforms/transform.js';
import { OPERATION_NAMES, OPERATIONS, type Operation } from './operations.js';
import type { Plan } from './plan.js';

function expectWindow(argument: string, { left, top, width, height }: Window): void {
  expectInteger(`${argument}.left`, left, -LARGEST_SIDE, LARGEST_SIDE);
  expectInteger(`${argument}.top`, top, -LARGEST_SIDE, LARGEST_SIDE);
  expectSize(argument, width, height);
}

/**
 * Checks a plan, which may have been stored or written by hand, without its boxes; {@link expectBoxes} checks these
 * against the picture.
 * @throws ConfigurationError for an unknown name, or a number out of its range
 */
export function expectPlan(plan: Plan, channels: Channels): void {
  channelFill(plan.fill, channels);
  expectOneOf('interpolation', plan.interpolation, INTERPOLATIONS);
  if (plan.transforms) expectTransforms(plan.transforms);
  if (plan.resizedCrop) expectWindow('resizedCrop', plan.resizedCrop);
  if (plan.crop) {
    expectWindow('crop', plan.crop);
    expectOneOf('crop.mode', plan.crop.mode, PAD_MODES);
  }
  for (const { name, magnitude } of plan.operations) {
    expectOneOf('operation', name, OPERATION_NAMES);
    const { range }: Operation = OPERATIONS[name];
    expectNumber(`${name}.magnitude`, magnitude, ...range);
  }
}

/** @throws ConfigurationError when a box of the plan reaches beyond a picture of that size */
export function expectBoxes(
  { operations, erase }: Plan,
  size: { readonly width: number; readonly height: number },
): void {
  for (const { name, box } of operations) if (box) expectBox(`${name}.box`, box, size);
  for (const box of erase) expectBox('erase', box, size);
}
