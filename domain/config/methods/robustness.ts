import { z } from 'zod';
import { CORRUPTIONS, SEVERITIES } from '../../corruption.js';
import { allDifferent } from '../all-different.js';
import { methodBase, modelReference } from '../base.js';

/** Everything that a measurement of robustness can be told. */
export const robustnessConfig = z
  .strictObject({
    ...methodBase,
    models: z
      .array(modelReference)
      .min(1)
      .max(100)
      .refine(allDifferent, 'expected each model once')
      .describe(
        'The models to measure, all on the same pictures: brought to the baseline’s size, colour and fit unless data.image says otherwise. Their classes must be those of the data, in any order.',
      ),
    baseline: modelReference
      .optional()
      .describe('Whose errors count as 1, for example the teacher (default: the first of the models).'),
    corruptions: z
      .array(z.enum(CORRUPTIONS))
      .min(1)
      .refine(allDifferent, 'expected each corruption once')
      .default([...CORRUPTIONS])
      .describe('What is done to the pictures (Hendrycks and Dietterich 2019).'),
    severities: z
      .array(z.literal(SEVERITIES))
      .min(1)
      .refine(allDifferent, 'expected each severity once')
      .default([...SEVERITIES])
      .describe('How strongly, from 1 to 5.'),
    split: z
      .enum(['test', 'validation'])
      .default('test')
      .describe(
        'The pictures to measure on. Models may have been trained on the validation of another seed.',
      ),
    images: z
      .int()
      .min(1)
      .optional()
      .describe('How many of them, drawn by the seed and the same for all models (default: all).'),
  })
  .describe('Accuracy under corruptions, relative to a baseline.');

export type RobustnessConfig = z.output<typeof robustnessConfig>;

/** What the configuration calls a model. */
export function fieldOf(reference: string, { models }: Pick<RobustnessConfig, 'models'>): string {
  const place = models.indexOf(reference);
  return place < 0 ? 'baseline' : `models[${place}]`;
}

/** How many pictures models are measured on. */
export function imagesMeasured(
  { images = Number.POSITIVE_INFINITY, split }: Pick<RobustnessConfig, 'images' | 'split'>,
  counts: Readonly<Record<RobustnessConfig['split'], number>>,
): number {
  return Math.min(counts[split], images);
}
