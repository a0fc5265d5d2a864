import { asTrainingSpec, type TrainingSpec } from '../../domain/config/training.js';
import type { SearchConfig } from '../../domain/methods/search.js';
import { readPolicies } from '../../storage/search.js';
import type { ActivityContext } from '../context.js';
import type { RunActivityInput } from '../run-input.js';

/** Returns the search's training settings with the trial's policy. */
export async function trainingOfTrial(
  { runId, config, trial }: RunActivityInput<SearchConfig> & { readonly trial: number },
  { store }: Pick<ActivityContext, 'store'>,
): Promise<TrainingSpec> {
  const augmentation = (await readPolicies(store, runId))[trial]!;
  return asTrainingSpec({ ...config.training, augmentation });
}
