/** Activities that several methods use. */
import { z } from 'zod';
import { onOrchestrator, onTrainer } from './activity.js';
import {
  anyConfig,
  contestant,
  count,
  dataset,
  key,
  name,
  openedModel,
  split,
  trainedModel,
  trainingPlan,
} from './inputs.js';

const run = { runId: name, config: anyConfig };

export const sharedActivities = {
  /** Decodes and packs the images (cached by content), draws the split once and stores it. */
  prepareDataset: onTrainer({
    kind: 'prepare-dataset',
    input: {
      ...run,
      classesNeeded: z.looseObject({ atLeast: z.literal([1, 2]), because: z.string().optional() }).optional(),
      teacher: openedModel.optional(),
    },
    load: async () => (await import('./prepare-dataset.js')).prepareDatasetOfRun,
  }),
  /** Trains to the end of a plan or to its stop; continues from the last checkpoint. */
  trainModel: onTrainer({
    kind: 'train',
    total: ({ plan: { training, stopAt = training.steps } }) => Math.min(training.steps, stopAt),
    input: { runId: name, seed: count, plan: trainingPlan },
    load: async () => (await import('./train-model.js')).trainModel,
  }),
  /** Finds a model by reference; copies one from outside the store into the run. */
  openModel: onTrainer({
    kind: 'evaluate',
    input: { ...run, reference: key, name, field: key },
    load: async () => (await import('./open-model.js')).openModel,
  }),
  /** Predicts and evaluates all images of a split. */
  measureModel: onTrainer({
    kind: 'evaluate',
    total: ({ dataset: { counts }, secondDataset, split }) =>
      counts[split] + (secondDataset?.counts[split] ?? 0),
    input: { runId: name, dataset, secondDataset: dataset.optional(), modelKey: key, name, split },
    load: async () => (await import('./measure-model.js')).measureModel,
  }),
  /** Finds the line's champion of another run, if it can be compared. */
  findReigning: onOrchestrator({
    input: { runId: name, line: key, dataset },
    load: async () => (await import('./find-reigning.js')).findReigning,
  }),
  /** Evaluates that champion on this run's validation images. */
  measureReigning: onTrainer({
    kind: 'evaluate',
    total: ({ dataset: { counts }, secondDataset }) =>
      counts.validation + (secondDataset?.counts.validation ?? 0),
    input: {
      runId: name,
      dataset,
      secondDataset: dataset.optional(),
      reigning: z.looseObject({
        modelKey: key,
        version: z.int().min(1),
        classes: z.array(z.string()).min(1),
      }),
    },
    load: async () => (await import('./measure-reigning.js')).measureReigning,
  }),
  /** Compares champion and challenger on the validation images. */
  judge: onOrchestrator({
    input: {
      ...run,
      dataset,
      secondDataset: dataset.optional(),
      unseenClasses: count.optional(),
      champion: contestant,
      challenger: contestant,
    },
    load: async () => (await import('./judge.js')).judge,
  }),
  /** Appends a model to its line of the registry. Idempotent. */
  promote: onOrchestrator({
    input: {
      ...run,
      dataset,
      model: trainedModel,
      from: z.looseObject({ name: z.string(), modelKey: key }).optional(),
      reason: z.string().optional(),
      by: z.string(),
      comparedVersion: z.int().min(1).nullable().optional(),
    },
    load: async () => (await import('./promote.js')).promote,
  }),
  writeReport: onOrchestrator({
    input: {
      report: z.looseObject({ runId: name, method: z.string(), summary: z.string() }),
    },
    load: async () => (await import('./write-report.js')).writeReport,
  }),
};
