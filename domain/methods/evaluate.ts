import { z } from 'zod';
import { modelReference, runBase } from '../config/base.js';
import { defineMethod } from '../method.js';
import type { DatasetReference, Evaluation } from '../records.js';
import type { RunReport } from '../run.js';

export const evaluateConfig = z
  .strictObject({
    ...runBase('evaluate'),
    model: modelReference.describe(
      'The model to measure. Its classes must be those of the data, in any order; pictures are brought to its size, colour and fit unless data.image says otherwise.',
    ),
    split: z
      .enum(['test', 'validation'])
      .default('test')
      .describe('Images to measure on: data.test, or the validation images drawn from data.labelled.'),
  })
  .describe('A model measured on a data set: accuracy, calibration, each class, confusions.');

export type EvaluateConfig = z.output<typeof evaluateConfig>;

export interface EvaluateReport extends RunReport {
  /** The model as the configuration names it. */
  readonly measured: string;
  /** In the model's order, as are the classes of the full evaluation. */
  readonly classNames: readonly string[];
  readonly dataset: DatasetReference;
  readonly split: 'test' | 'validation';
  readonly evaluation: Evaluation;
  /** Key of the FullEvaluation: each class and the confusion matrix. */
  readonly evaluationKey: string;
  /** Calibration error once the model's temperature is applied. */
  readonly calibratedError: number;
}

export const evaluate = defineMethod<EvaluateReport>()(evaluateConfig);
