import { gapConfig } from '../../domain/methods/gap.js';
import { onTrainer } from '../activity.js';
import { dataset, name, openedModel } from '../inputs.js';

const input = { runId: name, config: gapConfig, dataset, model: openedModel };

export const gapActivities = {
  /** Decodes and packs the images of `real`, in the shape of the data set's. */
  prepareReal: onTrainer({
    kind: 'prepare-dataset',
    input,
    load: async () => (await import('./prepare-real.js')).prepareReal,
  }),
  /** Compares labelled and real images; classes have the model's numbers. */
  measureGap: onTrainer({
    kind: 'evaluate',
    input: { ...input, real: dataset.optional() },
    load: async () => (await import('./measure-gap.js')).measureGap,
  }),
};
