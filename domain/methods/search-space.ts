import { z } from 'zod';
import { integer, number } from '../config/numbers.js';
import { MAGNITUDES, OPERATION_NAMES } from '../config/operations.js';

/** A list of numbers to choose from, or a range; uniformly distributed. */
function numberSpace(number: z.ZodNumber) {
  return z.union([
    z.array(number).min(1),
    z
      .strictObject({ from: number, to: number })
      .refine(({ from, to }) => from <= to, { path: ['to'], error: 'expected at least from' }),
  ]);
}

const share = numberSpace(number(0, 1));
const alpha = numberSpace(number(0, 10));
const numOps = numberSpace(integer(1, 14));
const bins = integer(2, 1000).default(31).describe('Bins of the magnitude scale.');
const magnitude = integer(0, 999);

export function largestOf(numbers: NumberSpace): number {
  return 'to' in numbers ? numbers.to : Math.max(...numbers);
}

const inScale = {
  path: ['magnitude'],
  error: 'expected numbers below numMagnitudeBins',
};

/** Settings of `policy` in augmentationConfig to draw. */
const policySpace = z
  .discriminatedUnion('kind', [
    z
      .strictObject({
        kind: z.literal('rand-augment'),
        numOps: numOps.default([2]),
        magnitude: numberSpace(magnitude).default({ from: 0, to: 30 }).describe('Bins of the scale.'),
        numMagnitudeBins: bins,
      })
      .refine((policy) => largestOf(policy.magnitude) < policy.numMagnitudeBins, inScale),
    z.strictObject({
      kind: z.literal('noisy-student'),
      numOps: numOps.default([2]),
      magnitude: numberSpace(integer(0, 30)).default({ from: 0, to: 30 }),
    }),
    z.strictObject({ kind: z.literal('trivial-augment-wide'), numMagnitudeBins: bins }),
    z.strictObject({ kind: z.literal('auto-augment-cifar10') }),
    z.strictObject({ kind: z.literal('none') }),
  ])
  .describe('A policy with settings to draw.');

const operationSpace = z
  .strictObject({
    name: z.enum(OPERATION_NAMES),
    magnitude: numberSpace(z.number()).default([0]).describe('In the unit of the operation.'),
    probability: share.default([0, 1]).describe('Probability of applying it to an image; 0 omits it.'),
  })
  .superRefine(({ name, magnitude: numbers }, context) => {
    const [least, most] = MAGNITUDES[name].range;
    const ends = 'to' in numbers ? [numbers.from, numbers.to] : numbers;
    if (ends.every((value) => value >= least && value <= most)) return;
    const message = `expected numbers from ${least} to ${most} for ${name}`;
    context.addIssue({ code: 'custom', path: ['magnitude'], message });
  });

const grid = z
  .strictObject({
    kind: z.literal('grid'),
    numOps: z.array(integer(1, 14)).min(1).default([1, 2, 3]).describe('N: operations for each image.'),
    magnitude: z.array(magnitude).min(1).default([5, 9, 13, 17]).describe('M: bins of the magnitude scale.'),
    numMagnitudeBins: bins,
  })
  .refine((space) => Math.max(...space.magnitude) < space.numMagnitudeBins, inScale)
  .describe('RandAugment’s grid of N and M (Cubuk et al. 2020): every pair is a trial.');

const random = z
  .strictObject({
    kind: z.literal('random'),
    policies: z.array(policySpace).min(1).optional().describe('Each trial uses one of them.'),
    operations: z
      .array(operationSpace)
      .min(1)
      .optional()
      .describe('Operations by name, applied in this order before the policy’s.'),
    flip: share.optional(),
    shift: share.optional(),
    resizedCrop: numberSpace(number(1e-6, 1))
      .optional()
      .describe('Least share of the area that a random window keeps; 1 uses a shift instead of a window.'),
    cutout: share.optional(),
    erasing: share.optional().describe('Probability of erasing a box.'),
    mixup: alpha.optional(),
    cutmix: alpha.optional(),
  })
  // One key is the kind.
  .refine((space) => Object.keys(space).length > 1, {
    error:
      'expected at least one setting to search: policies, operations, flip, shift, resizedCrop, cutout, erasing, mixup or cutmix',
  })
  .describe('Settings drawn at random: each a list to choose from, or a range { from, to }.');

/** The augmentation settings that a search varies; the training's apply to all others. */
export const searchSpace = z
  .discriminatedUnion('kind', [grid, random])
  .describe('The augmentation policies to search.');

export type NumberSpace = z.output<ReturnType<typeof numberSpace>>;
export type SearchSpace = z.output<typeof searchSpace>;
export type GridSpace = Extract<SearchSpace, { kind: 'grid' }>;
export type RandomSpace = Extract<SearchSpace, { kind: 'random' }>;
export type PolicySpace = z.output<typeof policySpace>;
