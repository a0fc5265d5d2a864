import { z } from 'zod';
import { allDifferent } from '../config/all-different.js';
import { modelReference, runBase } from '../config/base.js';
import { integer } from '../config/numbers.js';
import { CORRUPTIONS, type CorruptionName, SEVERITIES, type Severity } from '../corruption.js';
import { defineMethod } from '../method.js';
import type { ArtifactKey, DatasetReference } from '../records.js';
import type { RunReport } from '../run.js';

/** The configuration of a robustness measurement. */
export const robustnessConfig = z
  .strictObject({
    ...runBase('robustness'),
    models: z
      .array(modelReference)
      .min(1)
      .max(100)
      .refine(allDifferent, 'expected each model once')
      .describe(
        'The models to measure, all on the same images. They must have the data’s classes, in any order. Images get the baseline’s size, colour and fit unless data.image sets others.',
      ),
    baseline: modelReference
      .optional()
      .describe(
        'The model to which errors are relative, for example the teacher; by default the first of the models.',
      ),
    corruptions: z
      .array(z.enum(CORRUPTIONS))
      .min(1)
      .refine(allDifferent, 'expected each corruption once')
      .default([...CORRUPTIONS])
      .describe('Corruptions of the images (Hendrycks and Dietterich 2019).'),
    severities: z
      .array(z.literal(SEVERITIES))
      .min(1)
      .refine(allDifferent, 'expected each severity once')
      .default([...SEVERITIES])
      .describe('Strengths of the corruptions, from 1 to 5.'),
    split: z
      .enum(['test', 'validation'])
      .default('test')
      .describe(
        'The images to measure on. Models of runs with another seed may have been trained on the validation images.',
      ),
    images: integer(1)
      .optional()
      .describe('Number of images, drawn by seed, the same for all models; by default all.'),
  })
  .describe('Accuracy under corruptions, relative to a baseline.');

export type RobustnessConfig = z.output<typeof robustnessConfig>;

/** The configuration field that names a model. */
export function fieldOf(reference: string, { models }: Pick<RobustnessConfig, 'models'>): string {
  const place = models.indexOf(reference);
  return place < 0 ? 'baseline' : `models[${place}]`;
}

/** The number of images that models are measured on. */
export function imagesMeasured(
  { images = Number.POSITIVE_INFINITY, split }: Pick<RobustnessConfig, 'images' | 'split'>,
  counts: Readonly<Record<RobustnessConfig['split'], number>>,
): number {
  return Math.min(counts[split], images);
}

export interface Robustness {
  readonly accuracy: number;
  /** At the model's temperature, which was fitted on clean images. */
  readonly calibrationError: number;
}

export interface CorruptedRobustness extends Robustness {
  readonly corruption: CorruptionName;
  readonly severity: Severity;
}

/** Measurements on clean images and with each corruption and severity. */
export interface ModelRobustness {
  readonly clean: Robustness;
  readonly corrupted: readonly CorruptedRobustness[];
}

/** A model's errors relative to the baseline's (Hendrycks and Dietterich 2019, section 4.1): below 1 is better. */
export interface CorruptionErrors {
  readonly byCorruption: ReadonlyArray<{
    readonly corruption: CorruptionName;
    /** Mean error over the severities, from 0 to 1. */
    readonly error: number;
    /** CE: sum of errors divided by the baseline's; null if the baseline has none. */
    readonly corruptionError: number | null;
    /**
     * Relative CE: like CE, for the errors above the clean error; null if the baseline's are less than half a point above
     * it, as the ratio would be chance.
     */
    readonly relativeCorruptionError: number | null;
  }>;
  /** Mean error over corruptions and severities. */
  readonly error: number;
  /** mCE: mean over the corruptions that have a CE; null if none has. */
  readonly meanCorruptionError: number | null;
  readonly relativeMeanCorruptionError: number | null;
}

export interface MeasuredRobustness extends ModelRobustness {
  /** As in the configuration. */
  readonly reference: string;
  readonly modelKey: ArtifactKey;
  readonly parameters: number;
}

export interface RobustnessReport extends RunReport {
  readonly dataset: DatasetReference;
  readonly split: 'test' | 'validation';
  readonly images: number;
  /** Keys the noise and the choice of images. */
  readonly seed: number;
  /** As in the configuration. */
  readonly baseline: string;
  /** Baseline first. */
  readonly models: ReadonlyArray<MeasuredRobustness & { readonly errors: CorruptionErrors }>;
}

export const robustness = defineMethod<RobustnessReport>()(robustnessConfig);
