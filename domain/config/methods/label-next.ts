import { z } from 'zod';
import { methodBase, modelReference } from '../base.js';

/** What the choice of images to label can be told. */
export const labelNextConfig = z
  .strictObject({
    ...methodBase,
    model: modelReference.describe(
      'Who is unsure: a line of models ("clothes"), one of its versions ("clothes@2"), the id of a run, or a folder with model.json.',
    ),
    count: z.int().min(1).max(100_000).default(100).describe('Images to label.'),
    by: z
      .enum(['badge', 'margin', 'coverage'])
      .default('badge')
      .describe(
        'badge: unsure and unlike each other (Ash et al. 2020); margin: the most unsure; coverage: the farthest from what is labelled (core-set, Sener and Savarese 2018).',
      ),
    sample: z
      .int()
      .min(1)
      .max(1_000_000)
      .default(50_000)
      .describe('Unlabelled images to choose from, drawn by seed where there are more.'),
  })
  .describe('A choice of Apprentice’s of the most useful images to label.');

/** A configuration with all defaults filled in. */
export type LabelNextConfig = z.output<typeof labelNextConfig>;
