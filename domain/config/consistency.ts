import { z } from 'zod';
import { augmentationConfig } from './augmentation.js';
import { number } from './numbers.js';

const share = number(0, 1);

/** Views have no mixup or CutMix: a pseudo-label belongs to one image. */
const unmixed = augmentationConfig.omit({ mixup: true, cutmix: true });
const policy = augmentationConfig.shape.policy.unwrap();

const weakView = unmixed
  .extend({
    shift: share.default(0.05).describe('Largest random shift, as share of width and height.'),
    policy: policy.prefault({ kind: 'none' }),
  })
  .prefault({})
  .describe('Weak augmentation of an unlabelled image, from which the network predicts its pseudo-label.');

const strongView = unmixed
  .extend({
    shift: share.default(0.05).describe('Largest random shift, as share of width and height.'),
    policy: policy.prefault({ kind: 'rand-augment' }),
    cutout: share.default(0.5).describe('Largest side of a filled square, as share of the image’s (Cutout).'),
  })
  .prefault({})
  .describe(
    'Strong augmentation of the same image, which the network learns to classify as the pseudo-label.',
  );

const threshold = z
  .strictObject({
    rule: z
      .enum(['fixed', 'flexmatch', 'freematch', 'softmatch', 'quota'])
      .default('fixed')
      .describe(
        'fixed: one threshold for all classes (Sohn et al. 2020). flexmatch: lower for classes with few confident images (Zhang et al. 2021). freematch: follows the mean confidence, by class (Wang et al. 2023). softmatch: a weight by confidence instead (Chen et al. 2023). quota: the most confident share of each class (Zou et al. 2018).',
      ),
    value: share
      .default(0.95)
      .describe('Threshold of fixed and flexmatch: images with a lower confidence are not used.'),
    momentum: number(0, 0.99999)
      .default(0.99)
      .describe(
        'Momentum of the averages of freematch, softmatch, quota and alignment. 0.999 in the papers, which train for a million steps.',
      ),
    quota: z
      .number()
      .gt(0)
      .max(1)
      .optional()
      .describe('Rule quota only: the share of the images of each predicted class to use; 0.5 by default.'),
    fairness: number(0)
      .default(0)
      .describe('Rule freematch only: weight of its fairness loss, which has no ramp; 0.05 in the paper.'),
  })
  .prefault({})
  .describe('Selects the unlabelled images to learn from.');

const shared = {
  threshold,
  alignment: z
    .boolean()
    .default(false)
    .describe(
      'Distribution alignment (Berthelot et al. 2020): multiplies probabilities by the class frequencies of the labels and divides by those of the predictions.',
    ),
  labels: z
    .enum(['hard', 'soft'])
    .default('hard')
    .describe('Targets: hard is the most probable class, soft the probabilities.'),
  temperature: z
    .number()
    .positive()
    .default(1)
    .describe('Temperature T of soft labels: p^(1/T), renormalised. Below 1 sharpens.'),
  weak: weakView,
};

const ratio = z.number().positive().max(32);
const weight = number(0);

function ramp(start: number, end: number) {
  return z
    .strictObject({
      start: share.default(start).describe('Share of the steps at which the weight starts to rise from 0.'),
      end: share.default(end).describe('Share of the steps at which the weight is reached.'),
    })
    .refine((given) => given.start <= given.end, {
      path: ['end'],
      error: 'expected a ramp that ends after it starts',
    })
    .prefault({})
    .describe('Ramp of the unlabelled loss’s weight from 0 to its full value.');
}

/** Learning from unlabelled images with pseudo-labels that the network predicts in every step. */
export const consistencyConfig = z
  .discriminatedUnion('kind', [
    z
      .strictObject({
        kind: z.literal('fixmatch'),
        ratio: ratio
          .default(3)
          .describe('Unlabelled images for each labelled one in a step, each in two views; 7 in the paper.'),
        weight: weight.default(1).describe('Weight of the unlabelled loss: lambda_u of the paper.'),
        ramp: ramp(0, 0),
        ...shared,
        strong: strongView,
      })
      .describe(
        'FixMatch (Sohn et al. 2020): the pseudo-label of a weak view is the target of a strong view of the same image.',
      ),
    z
      .strictObject({
        kind: z.literal('pseudo-label'),
        ratio: ratio.default(1).describe('Unlabelled images for each labelled one in a step.'),
        weight: weight.default(3).describe('Final weight of the unlabelled loss: alpha_f of the paper.'),
        ramp: ramp(0.1, 0.6),
        ...shared,
      })
      .describe(
        'Pseudo-Label (Lee 2013): the network’s most probable class is the target, with a rising weight.',
      ),
  ])
  .describe('Consistency training: learns from unlabelled images in the same training, without a teacher.');

export type ConsistencyConfig = z.output<typeof consistencyConfig>;
export type ThresholdConfig = ConsistencyConfig['threshold'];
/** Augmentation of a view. */
export type ViewConfig = ConsistencyConfig['weak'];
