import { z } from 'zod';
import { integer, number } from './numbers.js';

/** Turns a teacher's predictions into the student's pseudo-labels (Xie et al. 2020, section 2). */
export const pseudoLabelConfig = z.strictObject({
  kind: z
    .enum(['soft', 'hard'])
    .default('soft')
    .describe('Targets: soft is the probabilities, hard the most probable class.'),
  temperature: z
    .number()
    .positive()
    .default(1)
    .describe('Temperature T of soft labels: p^(1/T), renormalised. Below 1 sharpens.'),
  rule: z
    .enum(['fixed', 'flexmatch', 'freematch', 'softmatch', 'quota'])
    .default('fixed')
    .describe(
      'fixed: one threshold for all classes. flexmatch: lower for classes with few confident images (Zhang et al. 2021). freematch: the mean confidence, by class (Wang et al. 2023). softmatch: all images, weighted by confidence instead; with perClass off none is dropped (Chen et al. 2023). quota: the most confident share of each class (Zou et al. 2018).',
    ),
  threshold: number(0, 1)
    .default(0.3)
    .describe(
      'Threshold of fixed and flexmatch: images with a lower confidence are dropped. 0.95 in the FlexMatch paper.',
    ),
  quota: z
    .number()
    .gt(0)
    .max(1)
    .default(0.5)
    .describe('Rule quota only: the share of the images of each predicted class to keep.'),
  alignment: z
    .boolean()
    .default(false)
    .describe(
      'Distribution alignment (Berthelot et al. 2020): first multiplies probabilities by the class frequencies of the labels and divides by those of the predictions.',
    ),
  perClass: z
    .union([integer(1), z.enum(['mean', 'largest', 'off'])])
    .default('mean')
    .describe(
      'Images per class after balancing: the most confident are taken, or all are repeated if there are too few. mean and largest refer to the class counts above the threshold (all images with softmatch). off does not balance, as in the SoftMatch paper.',
    ),
  missingClass: z
    .enum(['fail', 'warn', 'take-best'])
    .default('take-best')
    .describe(
      'If no image of a class reaches the threshold: fail the run (fail), continue without the class and warn (warn), or take its most confident images, at most as many as it has labels (take-best).',
    ),
  shardSize: integer(100)
    .default(10_000)
    .describe('Images labelled by one activity; shards run in parallel.'),
});

export type PseudoLabelConfig = z.output<typeof pseudoLabelConfig>;
