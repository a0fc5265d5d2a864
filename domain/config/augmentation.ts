import { z } from 'zod';
import { integer, number } from './numbers.js';
import { MAGNITUDES, type MagnitudeScale, OPERATION_NAMES } from './operations.js';
import { transformConfig } from './transforms.js';

const share = number(0, 1);
const level = integer(0, 255);

const numOps = integer(0, 14).default(2).describe('Operations for each image, drawn with replacement.');
const bins = integer(2, 1000).default(31).describe('Bins of the magnitude scale.');
const growth = integer(0, 100)
  .default(2)
  .describe('Added to the magnitude for each student after the first, up to the end of the scale.');

/** Policies that draw operations for each image. */
const operationPolicy = z
  .discriminatedUnion('kind', [
    z
      .strictObject({
        kind: z.literal('rand-augment'),
        numOps,
        magnitude: integer(0, 999).default(9).describe('Bin of the magnitude scale; 0 is the weakest.'),
        numMagnitudeBins: bins,
        growth,
      })
      .refine(({ magnitude, numMagnitudeBins }) => magnitude < numMagnitudeBins, {
        path: ['magnitude'],
        error: 'expected less than numMagnitudeBins',
      })
      .describe('RandAugment with the operations and the scale of torchvision (Cubuk et al. 2020).'),
    z
      .strictObject({
        kind: z.literal('noisy-student'),
        numOps,
        magnitude: integer(0, 30)
          .default(10)
          .describe('Level on the code’s scale; 10 is full strength, the paper uses 27.'),
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
  .describe('Policy that draws operations for each image.');

type Pair = [number, number];

/** Two ascending numbers. JSON schema editors support arrays of a fixed length better than tuples. */
const pair = (least: number, most: number) =>
  z
    .array(number(least, most))
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
      .union([number(-LARGEST_MAGNITUDE, LARGEST_MAGNITUDE), pair(-LARGEST_MAGNITUDE, LARGEST_MAGNITUDE)])
      .default(0)
      .describe('In the unit of the operation; two numbers are a uniform range.'),
    probability: share.default(1).describe('Probability of applying it to an image.'),
  })
  .superRefine(({ name, magnitude }, context) => {
    const [least, most] = MAGNITUDES[name].range;
    if ([magnitude].flat().every((value) => value >= least && value <= most)) return;
    const { unit = 'no magnitude' }: MagnitudeScale = MAGNITUDES[name];
    const message = `expected numbers from ${least} to ${most} for ${name} (${unit})`;
    context.addIssue({ code: 'custom', path: ['magnitude'], message });
  });

/** Augmentation of training images. */
export const augmentationConfig = z.strictObject({
  transforms: z
    .array(transformConfig)
    .default([])
    .describe(
      'Exact operations with all their parameters, applied first. Together they must keep the images’ size.',
    ),
  flip: share.default(0.5).describe('Probability of mirroring an image left and right.'),
  shift: share.default(0.1).describe('Largest random shift, as share of width and height.'),
  padding: z
    .enum(['constant', 'edge', 'reflect', 'symmetric'])
    .default('edge')
    .describe(
      'Padding of a shifted image: the fill (constant), its border (edge), or its mirror image without (reflect) or with (symmetric) the border.',
    ),
  resizedCrop: z
    .strictObject({
      scale: pair(1e-6, 1).default([0.08, 1]).describe('Range of the share of the area that is kept.'),
      ratio: pair(1e-3, 1e3)
        .default([3 / 4, 4 / 3])
        .describe('Range of width divided by height.'),
    })
    .optional()
    .describe('A random window, resized to the full size, instead of a shift (RandomResizedCrop).'),
  operations: z
    .array(namedOperation)
    .default([])
    .describe('Operations by name, applied in this order before the policy’s.'),
  policy: operationPolicy.prefault({ kind: 'rand-augment' }),
  interpolation: z
    .enum(['nearest', 'bilinear', 'bicubic'])
    .default('nearest')
    .describe('Interpolation of geometric operations.'),
  fill: z
    .union([level, z.array(level).length(3)])
    .optional()
    .describe(
      'Colour outside an image and in erased boxes. Default: 0, or 128 with the policy noisy-student.',
    ),
  cutout: share
    .default(0)
    .describe(
      'Largest side of a filled square, as share of the image’s shorter side; its centre is any pixel (Cutout).',
    ),
  erasing: z
    .strictObject({
      probability: share.default(0.5).describe('Probability of erasing a box.'),
      scale: pair(0, 1).default([0.02, 0.33]).describe('Range of the share of the area.'),
      ratio: pair(1e-3, 1e3).default([0.3, 3.3]).describe('Range of height divided by width.'),
    })
    .optional()
    .describe('A filled box of random size inside the image (random erasing, Zhong et al. 2017).'),
  mixup: number(0, 10)
    .default(0)
    .describe(
      'Alpha of mixup: each image and its target are mixed with another of the batch; 0 turns it off.',
    ),
  cutmix: number(0, 10)
    .default(0)
    .describe(
      'Alpha of CutMix: a box of each image is replaced by another’s of the batch; 0 turns it off. With mixup, each step uses one of the two.',
    ),
});

export type AugmentationConfig = z.output<typeof augmentationConfig>;
export type OperationPolicyConfig = AugmentationConfig['policy'];

/** Returns the policy of a generation's student: stronger with each generation, as larger networks tolerate more noise. */
export function policyOfGeneration(policy: OperationPolicyConfig, generation: number): OperationPolicyConfig {
  if (!('growth' in policy)) return policy;
  const last = policy.kind === 'rand-augment' ? policy.numMagnitudeBins - 1 : 30;
  const wanted = policy.magnitude + policy.growth * Math.max(0, generation - 1);
  return { ...policy, magnitude: Math.min(last, wanted) };
}
