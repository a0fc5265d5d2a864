import { imagesMeasured } from '../../domain/config/methods/robustness.js';
import type { TrainingActivities } from '../contract.js';
import type { Step } from '../run-step.js';
import { imagesAsked } from './images-asked.js';

type MethodStepName = Exclude<
  keyof TrainingActivities,
  'prepareDataset' | 'trainModel' | 'adoptTeacher' | 'pseudoLabelShard' | 'evaluateModel' | 'measureReigning'
>;

/** The steps that methods beside self-training are made of. */
export const METHOD_STEPS: { readonly [Name in MethodStepName]: Step<Name> } = {
  fitModel: {
    activity: 'train',
    total: ({ plan: { training, stopAt } }) => Math.min(training.steps, stopAt ?? training.steps),
    load: async () => (await import('./fit-model.js')).fitModel,
  },
  openModel: {
    activity: 'evaluate',
    total: () => 0,
    load: async () => (await import('./open-model.js')).openModel,
  },
  measureModel: {
    activity: 'evaluate',
    total: ({ dataset, split }) => dataset.counts[split],
    load: async () => (await import('./measure-model.js')).measureModel,
  },
  transferHead: {
    activity: 'evaluate',
    total: ({ dataset: { counts } }) => 2 * (counts.labelled + counts.validation),
    load: async () => (await import('./transfer-head.js')).transferHead,
  },
  askTeachers: {
    activity: 'evaluate',
    total: ({ dataset, config }) => imagesAsked(config, dataset),
    load: async () => (await import('./ask-teachers.js')).askTeachers,
  },
  measureCompression: {
    activity: 'evaluate',
    total: ({ dataset: { counts } }) => counts.validation + counts.test,
    load: async () => (await import('./measure-compression.js')).measureCompression,
  },
  prepareExtension: {
    activity: 'prepare-dataset',
    total: () => 0,
    load: async () => (await import('./prepare-extension.js')).prepareExtension,
  },
  measureTasks: {
    activity: 'evaluate',
    total: () => 0,
    load: async () => (await import('./measure-tasks.js')).measureTasks,
  },
  prepareReal: {
    activity: 'prepare-dataset',
    total: () => 0,
    load: async () => (await import('./prepare-real.js')).prepareReal,
  },
  measureGap: {
    activity: 'evaluate',
    total: () => 0,
    load: async () => (await import('./measure-gap.js')).measureGap,
  },
  chooseImages: {
    activity: 'evaluate',
    total: () => 0,
    load: async () => (await import('./choose-images.js')).chooseImages,
  },
  measureRobustness: {
    activity: 'evaluate',
    total: ({ dataset, config, corruption }) =>
      imagesMeasured(config, dataset.counts) * (corruption ? config.severities.length : 1),
    load: async () => (await import('./measure-robustness.js')).measureRobustness,
  },
};
