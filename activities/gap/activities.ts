import { gapConfig } from '../../domain/methods/gap.js';
import { onTrainer } from '../activity.js';
import { dataset, name, openedModel } from '../inputs.js';

const input = { runId: name, config: gapConfig, dataset, model: openedModel };

export const gapActivities = {
  /** Decodes and packs the images of `real`, in the data set's image shape. */
  prepareReal: onTrainer({
    kind: 'prepare-dataset',
    input,
    load: async () => (await import('./prepare-real.js')).prepareReal,
  }),
  /** Compares labelled and real images; results have the model's class order. */
  measureGap: onTrainer({
    kind: 'evaluate',
    input: { ...input, real: dataset.optional() },
    load: async () => (await import('./measure-gap.js')).measureGap,
  }),
};
