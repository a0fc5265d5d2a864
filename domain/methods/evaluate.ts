import { z } from 'zod';
import { modelReference, runBase } from '../config/base.js';
import { defineMethod } from '../method.js';
import type { DatasetReference, Evaluation } from '../records.js';
import type { RunReport } from '../run.js';

export const evaluateConfig = z
  .strictObject({
    ...runBase('evaluate'),
    model: modelReference.describe(
      'The model to measure. It must have the data’s classes, in any order. Images get its size, colour and fit unless data.image sets others.',
    ),
    split: z
      .enum(['test', 'validation'])
      .default('test')
      .describe('Images to measure on: data.test, or the validation images drawn from data.labelled.'),
  })
  .describe('Evaluation of a model on a data set: accuracy, calibration, classes, confusion matrix.');

export type EvaluateConfig = z.output<typeof evaluateConfig>;

export interface EvaluateReport extends RunReport {
  /** The model as in the configuration. */
  readonly reference: string;
  /** In the model's class order, like the full evaluation. */
  readonly classNames: readonly string[];
  readonly dataset: DatasetReference;
  readonly split: 'test' | 'validation';
  readonly evaluation: Evaluation;
  /** Key of the FullEvaluation. */
  readonly evaluationKey: string;
  /** Calibration error at the model's temperature. */
  readonly calibratedError: number;
}

export const evaluate = defineMethod<EvaluateReport>()(evaluateConfig);
