import { z } from 'zod';
import { searchConfig } from '../../domain/methods/search.js';
import { onOrchestrator } from '../activity.js';
import { count, dataset, key, name } from '../inputs.js';

const run = { runId: name, config: searchConfig };
const finalist = z.looseObject({ trial: count, modelKey: key, validationPredictionsKey: key });

export const searchActivities = {
  /** Draws the policies of all trials, checks them, stores them. */
  planSearch: onOrchestrator({
    input: { ...run, dataset },
    load: async () => (await import('./plan-search.js')).planSearch,
  }),
  /** Returns the search's training settings with the policy of a trial. */
  trainingOfTrial: onOrchestrator({
    input: { ...run, trial: count },
    load: async () => (await import('./training-of-trial.js')).trainingOfTrial,
  }),
  /** Ranks the trials of a rung, records it, removes models and checkpoints of stopped trials. */
  closeRung: onOrchestrator({
    input: { ...run, rung: count, results: z.array(z.looseObject({ trial: count })) },
    load: async () => (await import('./close-rung.js')).closeRung,
  }),
  /** Compares the best trial with the base and writes its policy as a file. */
  concludeSearch: onOrchestrator({
    input: { ...run, dataset, best: finalist, base: finalist.optional() },
    load: async () => (await import('./conclude-search.js')).concludeSearch,
  }),
};
