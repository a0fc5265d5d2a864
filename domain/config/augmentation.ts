import { z } from 'zod';
import { MAGNITUDES, type MagnitudeScale, OPERATION_NAMES } from './operations.js';
import { transformConfig } from './transforms.js';

const share = z.number().min(0).max(1);
const level = z.int().min(0).max(255);

const numOps = z
  .int()
  .min(0)
  .max(14)
  .default(2)
  .describe('Operations for each image, drawn with replacement.');
const bins = z.int().min(2).max(1000).default(31).describe('Bins of the magnitude scale.');
const growth = z
  .int()
  .min(0)
  .max(100)
  .default(2)
  .describe('Added to the magnitude with each student after the first, up to the end of the scale.');

/** Operations that are drawn anew for each image. */
const operationPolicy = z
  .discriminatedUnion('kind', [
    z
      .strictObject({
        kind: z.literal('rand-augment'),
        numOps,
        magnitude: z.int().min(0).max(999).default(9).describe('Bin of the scale; 0 is the weakest.'),
        numMagnitudeBins: bins,
        growth,
      })
      .refine(({ magnitude, numMagnitudeBins }) => magnitude < numMagnitudeBins, {
        path: ['magnitude'],
        error: 'expected a bin of the scale: less than numMagnitudeBins',
      })
      .describe('RandAugment with the operations and the scale of torchvision (Cubuk et al. 2020).'),
    z
      .strictObject({
        kind: z.literal('noisy-student'),
        numOps,
        magnitude: z.int().min(0).max(30).default(10).describe('10 is full strength; the paper has 27.'),
        growth,
      })
      .describe('RandAugment with the 16 operations and the scale of the Noisy Student code.'),
    z
      .strictObject({ kind: z.literal('trivial-augment-wide'), numMagnitudeBins: bins })
      .describe('One operation at a random magnitude (Müller and Hutter 2021).'),
    z
      .strictObject({ kind: z.literal('auto-augment-cifar10') })
      .describe('The sub-policies that AutoAugment found on CIFAR-10 (Cubuk et al. 2019).'),
    z.strictObject({ kind: z.literal('none') }).describe('No operations.'),
  ])
  .describe('Operations that are drawn for each image.');

type Pair = [number, number];

/** Two numbers, the smaller first. An array's length is what JSON schema and its readers know better than tuples. */
const pair = (least: number, most: number) =>
  z
    .array(z.number().min(least).max(most))
    .length(2)
    .refine(([from = 0, to = 0]) => from <= to, 'expected the smaller number first') as unknown as z.ZodType<
    Pair,
    Pair
  >;

const LARGEST_MAGNITUDE = 1e6;
const namedOperation = z
  .strictObject({
    name: z.enum(OPERATION_NAMES),
    magnitude: z
      .union([
        z.number().min(-LARGEST_MAGNITUDE).max(LARGEST_MAGNITUDE),
        pair(-LARGEST_MAGNITUDE, LARGEST_MAGNITUDE),
      ])
      .default(0)
      .describe('In the unit of the operation; of two numbers, evenly between them.'),
    probability: share.default(1).describe('Share of the images to which it is done.'),
  })
  .superRefine(({ name, magnitude }, context) => {
    const [least, most] = MAGNITUDES[name].range;
    if ([magnitude].flat().every((value) => value >= least && value <= most)) return;
    const { unit = 'no magnitude' }: MagnitudeScale = MAGNITUDES[name];
    const message = `expected numbers from ${least} to ${most} for ${name} (${unit})`;
    context.addIssue({ code: 'custom', path: ['magnitude'], message });
  });

/** What is done to an image before it is trained on. */
export const augmentationConfig = z.strictObject({
  transforms: z
    .array(transformConfig)
    .default([])
    .describe('Exact operations with all their parameters, before all else; the images’ size stays.'),
  flip: share.default(0.5).describe('Share of the images that are mirrored left and right.'),
  shift: share.default(0.1).describe('Largest move, as share of width and height.'),
  padding: z
    .enum(['constant', 'edge', 'reflect', 'symmetric'])
    .default('edge')
    .describe('What comes in from outside when an image is moved: the fill, its border, or its mirror.'),
  resizedCrop: z
    .strictObject({
      scale: pair(1e-6, 1).default([0.08, 1]).describe('Share of the area that is kept, least and most.'),
      ratio: pair(1e-3, 1e3)
        .default([3 / 4, 4 / 3])
        .describe('Its width by its height, least and most.'),
    })
    .optional()
    .describe('A random window, brought back to the full size, instead of a shift (RandomResizedCrop).'),
  operations: z
    .array(namedOperation)
    .default([])
    .describe('Operations by name, in this order, before the policy’s.'),
  policy: operationPolicy.prefault({ kind: 'rand-augment' }),
  interpolation: z
    .enum(['nearest', 'bilinear', 'bicubic'])
    .default('nearest')
    .describe('Of operations that move pixels.'),
  fill: z
    .union([level, z.array(level).length(3)])
    .optional()
    .describe('What lies outside an image and in erased boxes; 0, or 128 under the policy noisy-student.'),
  cutout: share
    .default(0)
    .describe('Largest side of a filled square, as share of the image’s; its centre is anywhere (Cutout).'),
  erasing: z
    .strictObject({
      probability: share.default(0.5).describe('Share of the images.'),
      scale: pair(0, 1).default([0.02, 0.33]).describe('Share of the area, least and most.'),
      ratio: pair(1e-3, 1e3).default([0.3, 3.3]).describe('Its height by its width, least and most.'),
    })
    .optional()
    .describe('A filled box of random size wholly inside (random erasing, Zhong et al. 2017).'),
  mixup: z
    .number()
    .min(0)
    .max(10)
    .default(0)
    .describe('Alpha of mixup: each image and its target are mixed with another of the step; 0 mixes none.'),
  cutmix: z
    .number()
    .min(0)
    .max(10)
    .default(0)
    .describe(
      'Alpha of CutMix: a box of each image comes from another of the step; with mixup, one of the two.',
    ),
});

export type AugmentationConfig = z.output<typeof augmentationConfig>;
export type OperationPolicyConfig = AugmentationConfig['policy'];

/** The policy of a student: stronger with each generation, since a larger network bears more noise. */
export function grown(policy: OperationPolicyConfig, generation: number): OperationPolicyConfig {
  if (!('growth' in policy)) return policy;
  const last = policy.kind === 'rand-augment' ? policy.numMagnitudeBins - 1 : 30;
  const wanted = policy.magnitude + policy.growth * Math.max(0, generation - 1);
  return { ...policy, magnitude: Math.min(last, wanted) };
}
