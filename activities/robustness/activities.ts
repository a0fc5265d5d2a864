import { z } from 'zod';
import { CORRUPTIONS } from '../../domain/corruption.js';
import { imagesMeasured, robustnessConfig } from '../../domain/methods/robustness.js';
import { onOrchestrator, onTrainer } from '../activity.js';
import { dataset, key, name, openedModel } from '../inputs.js';

export const robustnessActivities = {
  /** Evaluates a model on clean pictures, or under one corruption at each severity. */
  measureRobustness: onTrainer({
    kind: 'evaluate',
    total: ({ dataset, config, corruption }) =>
      imagesMeasured(config, dataset.counts) * (corruption ? config.severities.length : 1),
    input: {
      runId: name,
      config: robustnessConfig,
      dataset,
      model: openedModel,
      corruption: z.enum(CORRUPTIONS).optional(),
    },
    load: async () => (await import('./measure-robustness.js')).measureRobustness,
  }),
  /** Computes the errors of all models relative to the first. */
  concludeRobustness: onOrchestrator({
    input: { models: z.array(z.looseObject({ reference: z.string(), modelKey: key })).min(1) },
    load: async () => (await import('./conclude-robustness.js')).concludeRobustness,
  }),
};
