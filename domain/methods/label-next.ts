import { z } from 'zod';
import { modelReference, runBase } from '../config/base.js';
import { integer } from '../config/numbers.js';
import { defineMethod } from '../method.js';
import type { ArtifactKey, DatasetReference } from '../records.js';
import type { RunReport } from '../run.js';

/** The configuration of a choice of images to label. */
export const labelNextConfig = z
  .strictObject({
    ...runBase('label-next'),
    model: modelReference.describe(
      'The model whose uncertainty counts: a line of models ("clothes"), one of its versions ("clothes@2"), the id of a run, or a folder with model.json.',
    ),
    count: integer(1, 100_000).default(100).describe('Number of images to choose.'),
    by: z
      .enum(['badge', 'margin', 'coverage'])
      .default('badge')
      .describe(
        'badge: uncertain and diverse images (Ash et al. 2020). margin: the most uncertain. coverage: the farthest from labelled images (core-set, Sener and Savarese 2018).',
      ),
    sample: integer(1, 1_000_000)
      .default(50_000)
      .describe('Unlabelled images to choose from; drawn by seed if there are more.'),
  })
  .describe('Choice of the most useful images to label.');

export type LabelNextConfig = z.output<typeof labelNextConfig>;

export interface ChosenImage {
  /** Position among the unlabelled images. */
  readonly position: number;
  /** The two most probable classes with their calibrated probabilities. */
  readonly guess: number;
  readonly confidence: number;
  readonly second: number;
  readonly secondConfidence: number;
  /** Feature distance to the nearest labelled or earlier chosen image. */
  readonly distance: number;
  /** Why it was chosen, as text. */
  readonly reason: string;
}

/** Images to label next, the most useful first. */
export interface LabelChoice {
  readonly by: 'badge' | 'margin' | 'coverage';
  /** All unlabelled images, and the number of those considered. */
  readonly unlabelled: number;
  readonly candidates: number;
  readonly chosen: readonly ChosenImage[];
  /** Number of chosen images by predicted class. */
  readonly byClass: readonly number[];
}

export type NamedChoice = ChosenImage & { readonly path: string };

/** The chosen images are in the store: there may be many. */
export interface LabelNextReport extends RunReport, Omit<LabelChoice, 'chosen'> {
  /** The model, as in the configuration. */
  readonly seenBy: string;
  readonly classNames: readonly string[];
  readonly dataset: DatasetReference;
  readonly count: number;
  /** JSON: {@link NamedChoice}[], the most useful first. */
  readonly chosenKey: ArtifactKey;
}

export const labelNext = defineMethod<LabelNextReport>()(labelNextConfig);
