import { z } from 'zod';
import { extendConfig } from '../../domain/methods/extend.js';
import { onTrainer } from '../activity.js';
import { dataset, key, name, openedModel } from '../inputs.js';

const run = { runId: name, config: extendConfig };

export const extendActivities = {
  prepareExtension: onTrainer({
    kind: 'prepare-dataset',
    input: { ...run, dataset, from: openedModel },
    load: async () => (await import('./prepare-extension.js')).prepareExtension,
  }),
  /** Evaluates a model on each task, among the task's classes and among all. */
  measureTasks: onTrainer({
    kind: 'evaluate',
    input: {
      runId: name,
      prepared: z.looseObject({ oldClasses: z.array(z.string()).min(1), dataset, old: dataset.optional() }),
      modelKey: key,
      name,
    },
    load: async () => (await import('./measure-tasks.js')).measureTasks,
  }),
};
