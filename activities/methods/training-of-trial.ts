import type { ArtifactStore } from '../../domain/artifact-store.js';
import { asTrainingSpec, type TrainingSpec } from '../../domain/config/training.js';
import { readPolicies } from '../../storage/search.js';
import type { TrialStepInput } from './search-contract.js';

/** The search's training with the trial's policy. */
export async function trainingOfTrial(
  { runId, config, trial }: TrialStepInput,
  store: ArtifactStore,
): Promise<TrainingSpec> {
  const augmentation = (await readPolicies(store, runId))[trial]!;
  return asTrainingSpec({ ...config.training, augmentation });
}
