import { labelNextConfig } from '../../domain/methods/label-next.js';
import { onTrainer } from '../activity.js';
import { dataset, name, openedModel } from '../inputs.js';

export const labelNextActivities = {
  /** Chooses images and stores the list with their names; results have the model's class order. */
  chooseImages: onTrainer({
    kind: 'evaluate',
    input: { runId: name, config: labelNextConfig, dataset, model: openedModel },
    load: async () => (await import('./choose-images.js')).chooseImages,
  }),
};
