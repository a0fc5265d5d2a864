import type { TrainingActivities } from '../contract.js';
import type { Step } from '../run-step.js';

type MethodStepName = Exclude<
  keyof TrainingActivities,
  'prepareDataset' | 'trainModel' | 'pseudoLabelShard' | 'evaluateModel' | 'measureReigning'
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
};
