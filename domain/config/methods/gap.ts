import { z } from 'zod';
import { augmentationConfig } from '../augmentation.js';
import { methodBase, modelReference } from '../base.js';
import { dataSource } from '../data.js';

/** What a gap report can be told. */
export const gapConfig = z
  .strictObject({
    ...methodBase,
    model: modelReference.describe(
      'Whose features and predictions are compared: a line of models ("clothes"), one of its versions ("clothes@2"), the id of a run, or a folder with model.json.',
    ),
    real: dataSource
      .optional()
      .describe(
        'Images as the model will meet them; their labels are not looked at. The unlabelled by default.',
      ),
    augmentation: augmentationConfig
      .prefault({})
      .describe('What is asked how much of the gap it closes; that of a student by default.'),
    sample: z
      .int()
      .min(10)
      .max(2000)
      .default(1000)
      .describe('Images of each set that are compared, drawn by seed; time and memory grow with the square.'),
    neighbours: z
      .int()
      .min(1)
      .max(100)
      .default(3)
      .describe('k of the coverage: an image is far that lies outside each training image’s k-th neighbour.'),
    permutations: z
      .int()
      .min(19)
      .max(10_000)
      .default(200)
      .describe(
        'Of the test whether the feature distance is more than chance. Below 19 its p could never be 0.05, and any gap would pass for chance.',
      ),
    shown: z.int().min(1).max(500).default(40).describe('Least covered images that are named and drawn.'),
  })
  .describe('A gap report of Apprentice: how far the labelled images are from the real ones.');

/** A configuration with all defaults filled in. */
export type GapConfig = z.output<typeof gapConfig>;
