import { z } from 'zod';
import { augmentationConfig } from './augmentation.js';

const share = z.number().min(0).max(1);

/** Views are not mixed: a pseudo-label belongs to one image. */
const unmixed = augmentationConfig.omit({ mixup: true, cutmix: true });
const policy = augmentationConfig.shape.policy.unwrap();

const weakView = unmixed
  .extend({
    shift: share.default(0.05).describe('Largest move, as share of width and height.'),
    policy: policy.prefault({ kind: 'none' }),
  })
  .prefault({})
  .describe('What is done to an unlabelled image before the network labels it: little.');

const strongView = unmixed
  .extend({
    shift: share.default(0.05).describe('Largest move, as share of width and height.'),
    policy: policy.prefault({ kind: 'rand-augment' }),
    cutout: share.default(0.5).describe('Largest side of a filled square, as share of the image’s (Cutout).'),
  })
  .prefault({})
  .describe('What is done to the image whose label is to be told: much.');

const threshold = z
  .strictObject({
    rule: z
      .enum(['fixed', 'flexmatch', 'freematch', 'softmatch', 'quota'])
      .default('fixed')
      .describe(
        'fixed: one for all (Sohn et al. 2020). flexmatch: lower for classes that are seldom learnt (Zhang et al. 2021). freematch: follows the mean confidence, by class (Wang et al. 2023). softmatch: a weight instead (Chen et al. 2023). quota: the most confident share of each class (Zou et al. 2018).',
      ),
    value: share
      .default(0.95)
      .describe(
        'Of fixed and flexmatch: images whose most probable class is less probable are not learnt from.',
      ),
    momentum: z
      .number()
      .min(0)
      .max(0.99999)
      .default(0.99)
      .describe(
        'Of the averages that freematch, softmatch, quota and alignment keep. 0.999 in the papers, whose trainings have a million steps.',
      ),
    quota: z
      .number()
      .gt(0)
      .max(1)
      .optional()
      .describe(
        'Of quota: the share of the images predicted to be of a class that is learnt from; 0.5 where it is left out.',
      ),
    fairness: z
      .number()
      .min(0)
      .default(0)
      .describe(
        'Of freematch: the weight of its fairness loss, beside the others’ and without their ramp; 0.05 in the paper.',
      ),
  })
  .prefault({})
  .describe('Which unlabelled images are learnt from.');

const shared = {
  threshold,
  alignment: z
    .boolean()
    .default(false)
    .describe(
      'Probabilities are multiplied by how frequent classes are among the labels, and divided by how frequently they have been predicted (distribution alignment, Berthelot et al. 2020).',
    ),
  labels: z
    .enum(['hard', 'soft'])
    .default('hard')
    .describe('What is learnt: the most probable class alone, or the probabilities.'),
  temperature: z
    .number()
    .positive()
    .default(1)
    .describe('Of soft labels: p^(1/T), renormalised. Below 1 sharpens.'),
  weak: weakView,
};

const ratio = z.number().positive().max(32);
const weight = z.number().min(0);

function ramp(start: number, end: number) {
  return z
    .strictObject({
      start: share
        .default(start)
        .describe('Share of the steps before which the unlabelled images count for nothing.'),
      end: share.default(end).describe('Share of the steps from which on they have their whole weight.'),
    })
    .refine((given) => given.start <= given.end, {
      path: ['end'],
      error: 'expected the end of the ramp not to lie before its start',
    })
    .prefault({})
    .describe('Their weight rises from 0 between the two.');
}

/** Learning from unlabelled images by pseudo-labels that the network makes itself, in every step anew. */
export const consistencyConfig = z
  .discriminatedUnion('kind', [
    z
      .strictObject({
        kind: z.literal('fixmatch'),
        ratio: ratio
          .default(3)
          .describe('Unlabelled images for each labelled one in a step, each in two views; 7 in the paper.'),
        weight: weight.default(1).describe('Of the unlabelled images’ loss: lambda_u of the paper.'),
        ramp: ramp(0, 0),
        ...shared,
        strong: strongView,
      })
      .describe(
        'The label of a weak view is to be told of a strong view of the same image (Sohn et al. 2020).',
      ),
    z
      .strictObject({
        kind: z.literal('pseudo-label'),
        ratio: ratio.default(1).describe('Unlabelled images for each labelled one in a step.'),
        weight: weight
          .default(3)
          .describe('Of the unlabelled images’ loss in the end: alpha_f of the paper.'),
        ramp: ramp(0.1, 0.6),
        ...shared,
      })
      .describe('The network’s own most probable class counts as the label, ever more (Lee 2013).'),
  ])
  .describe('Learning from unlabelled images in the same training, without a teacher.');

export type ConsistencyConfig = z.output<typeof consistencyConfig>;
export type ThresholdConfig = ConsistencyConfig['threshold'];
/** How an image of a view is augmented. */
export type ViewConfig = ConsistencyConfig['weak'];
