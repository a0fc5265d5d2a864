import { labelNextConfig } from '../../domain/methods/label-next.js';
import { onTrainer } from '../activity.js';
import { dataset, name, openedModel } from '../inputs.js';

export const labelNextActivities = {
  /** Chooses the images and stores the list with their names; classes have the model's numbers. */
  chooseImages: onTrainer({
    kind: 'evaluate',
    input: { runId: name, config: labelNextConfig, dataset, model: openedModel },
    load: async () => (await import('./choose-images.js')).chooseImages,
  }),
};
