import { z } from 'zod';

/** How a teacher's predictions become the student's labels (Xie et al. 2020, section 2). */
export const pseudoLabelConfig = z.strictObject({
  kind: z.enum(['soft', 'hard']).default('soft').describe('Probabilities, or the most probable class alone.'),
  temperature: z
    .number()
    .positive()
    .default(1)
    .describe('Of soft labels: p^(1/T), renormalised. Below 1 sharpens.'),
  rule: z
    .enum(['fixed', 'flexmatch', 'freematch', 'softmatch', 'quota'])
    .default('fixed')
    .describe(
      'fixed: one threshold for all classes. flexmatch: lower for classes with few confident images (Zhang et al. 2021). freematch: the mean confidence, by class (Wang et al. 2023). softmatch: weighted by their confidence instead, all images where perClass is off (Chen et al. 2023). quota: the most confident share of each class (Zou et al. 2018).',
    ),
  threshold: z
    .number()
    .min(0)
    .max(1)
    .default(0.3)
    .describe(
      'Of fixed and flexmatch: images whose most probable class is less probable are dropped. FlexMatch’s paper has 0.95.',
    ),
  quota: z
    .number()
    .gt(0)
    .max(1)
    .default(0.5)
    .describe('Of quota: the share of the images predicted to be of a class that is kept.'),
  alignment: z
    .boolean()
    .default(false)
    .describe(
      'Probabilities are first multiplied by how frequent classes are among the labels, and divided by how frequently they are predicted (distribution alignment, Berthelot et al. 2020).',
    ),
  perClass: z
    .union([z.int().min(1), z.enum(['mean', 'largest', 'off'])])
    .default('mean')
    .describe(
      'Images for each class after balancing: the most confident are taken, too few are repeated. mean and largest are of the counts above the threshold (of softmatch all images are); off keeps what there is, as SoftMatch’s paper does.',
    ),
  missingClass: z
    .enum(['fail', 'warn', 'take-best'])
    .default('take-best')
    .describe(
      'When no image of a class reaches the threshold: fail the run, go on without it and say so, or take its most confident ones all the same (at most as many as there are labels).',
    ),
  shardSize: z
    .int()
    .min(100)
    .default(10_000)
    .describe('Images labelled by one activity; shards run in parallel.'),
});

export type PseudoLabelConfig = z.output<typeof pseudoLabelConfig>;
