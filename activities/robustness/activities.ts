import { z } from 'zod';
import { CORRUPTIONS } from '../../domain/corruption.js';
import { imagesMeasured, robustnessConfig } from '../../domain/methods/robustness.js';
import { onOrchestrator, onTrainer } from '../activity.js';
import { dataset, key, name, openedModel } from '../inputs.js';

export const robustnessActivities = {
  /** Evaluates a model under one corruption, by severity, or on clean pictures. */
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
  /** Relates the errors of all models to those of the first. */
  concludeRobustness: onOrchestrator({
    input: { models: z.array(z.looseObject({ reference: z.string(), modelKey: key })).min(1) },
    load: async () => (await import('./conclude-robustness.js')).concludeRobustness,
  }),
};
