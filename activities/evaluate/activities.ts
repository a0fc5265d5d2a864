import { onTrainer } from '../activity.js';
import { dataset, name, openedModel, split } from '../inputs.js';

export const evaluateActivities = {
  /** Evaluates a model on a split, class by class, in the model's class order. */
  evaluateModel: onTrainer({
    kind: 'evaluate',
    total: ({ dataset: { counts }, split }) => counts[split],
    input: { runId: name, dataset, model: openedModel, split },
    load: async () => (await import('./evaluate-model.js')).evaluateModel,
  }),
};
