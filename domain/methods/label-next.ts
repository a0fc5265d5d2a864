import { z } from 'zod';
import { modelReference, runBase } from '../config/base.js';
import { defineMethod } from '../method.js';
import type { ArtifactKey, DatasetReference } from '../records.js';
import type { RunReport } from '../run.js';

/** What the choice of images to label can be told. */
export const labelNextConfig = z
  .strictObject({
    ...runBase('label-next'),
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

/** An unlabelled image that is worth a label. */
export interface ChosenImage {
  /** Of the unlabelled images. */
  readonly position: number;
  /** Most probable classes, the first at the front, with their calibrated probabilities. */
  readonly guess: number;
  readonly confidence: number;
  readonly second: number;
  readonly secondConfidence: number;
  /** By features, to the nearest image that is labelled or chosen before it. */
  readonly distance: number;
  /** Why it was chosen, in words. */
  readonly reason: string;
}

/** Images to label next, the most useful first. */
export interface LabelChoice {
  readonly by: 'badge' | 'margin' | 'coverage';
  /** Unlabelled images, and how many of them were looked at. */
  readonly unlabelled: number;
  readonly candidates: number;
  readonly chosen: readonly ChosenImage[];
  /** Chosen images by guessed class. */
  readonly byClass: readonly number[];
}

export type NamedChoice = ChosenImage & { readonly path: string };

/** What `label-next` came to. The images themselves lie in the store: there may be many. */
export interface LabelNextReport extends RunReport, Omit<LabelChoice, 'chosen'> {
  /** The model that was unsure, as it was named. */
  readonly seenBy: string;
  readonly classNames: readonly string[];
  readonly dataset: DatasetReference;
  readonly count: number;
  /** JSON: {@link NamedChoice}[], the most useful first. */
  readonly chosenKey: ArtifactKey;
}

export const labelNext = defineMethod<LabelNextReport>()(labelNextConfig);
