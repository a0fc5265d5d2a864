import { z } from 'zod';
import { allDifferent } from '../config/all-different.js';
import { modelReference, runBase } from '../config/base.js';
import { CORRUPTIONS, type CorruptionName, SEVERITIES, type Severity } from '../corruption.js';
import { defineMethod } from '../method.js';
import type { ArtifactKey, DatasetReference } from '../records.js';
import type { RunReport } from '../run.js';

/** Everything that a measurement of robustness can be told. */
export const robustnessConfig = z
  .strictObject({
    ...runBase('robustness'),
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

/** A model on pictures of one kind. */
export interface Robustness {
  readonly accuracy: number;
  /** Of its calibrated confidence; temperatures are fitted on clean pictures and need not hold for others. */
  readonly calibrationError: number;
}

/** The same pictures under one corruption. */
export interface CorruptedRobustness extends Robustness {
  readonly corruption: CorruptionName;
  readonly severity: Severity;
}

/** A model measured on clean pictures and under each corruption and severity. */
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
    /** CE: sum of errors divided by the baseline's; null where the baseline makes none. */
    readonly corruptionError: number | null;
    /**
     * Relative CE: the same of what the corruption adds to the clean error; null where it adds less than half a point
     * to the baseline's, of which chance would decide the ratio.
     */
    readonly relativeCorruptionError: number | null;
  }>;
  /** Mean error over corruptions and severities. */
  readonly error: number;
  /** mCE: mean over the corruptions that have a CE; null where none has. */
  readonly meanCorruptionError: number | null;
  readonly relativeMeanCorruptionError: number | null;
}

/** A model that was measured, the baseline among them. */
export interface MeasuredRobustness extends ModelRobustness {
  /** As it was named. */
  readonly reference: string;
  readonly modelKey: ArtifactKey;
  readonly parameters: number;
}

/** What `robustness` came to. */
export interface RobustnessReport extends RunReport {
  readonly dataset: DatasetReference;
  readonly split: 'test' | 'validation';
  readonly images: number;
  /** Keys the noise and which images were drawn. */
  readonly seed: number;
  /** As it was named. */
  readonly baseline: string;
  /** The baseline first. */
  readonly models: ReadonlyArray<MeasuredRobustness & { readonly errors: CorruptionErrors }>;
}

export const robustness = defineMethod<RobustnessReport>()(robustnessConfig);
