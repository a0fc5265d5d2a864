import { transferConfig } from '../../domain/methods/transfer.js';
import { onTrainer } from '../activity.js';
import { dataset, name, storedModel } from '../inputs.js';

export const transferActivities = {
  /** Fits a new last layer on the model's frozen features and measures how useful the features are. */
  transferHead: onTrainer({
    kind: 'evaluate',
    total: ({ dataset: { counts } }) => 2 * (counts.labelled + counts.validation),
    input: { runId: name, config: transferConfig, dataset, from: storedModel },
    load: async () => (await import('./transfer-head.js')).transferHead,
  }),
};
