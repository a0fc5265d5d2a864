import type { ArtifactStore } from '../../domain/artifact-store.js';
import {
  type ClosedRung,
  type Finalist,
  type SearchConfig,
  type TrialResult,
  trialName,
} from '../../domain/methods/search.js';
import { rankTrials, selectSurvivors } from '../../learning/search/rungs.js';
import { modelKeys } from '../../storage/keys.js';
import { expectTrained } from '../../storage/runs.js';
import { dropTrial, readPolicies, writeRung } from '../../storage/search.js';
import type { ActivityContext } from '../context.js';
import type { RunActivityInput } from '../run-input.js';
import { rungsIn } from './rungs-in.js';

export interface CloseRungInput extends RunActivityInput<SearchConfig> {
  readonly rung: number;
  readonly results: readonly TrialResult[];
}

/**
 * Ranks a rung's trials, records the rung, and removes models and checkpoints of stopped trials. Only the best trial
 * survives the last rung.
 */
export async function closeRung(
  { runId, config, rung, results }: CloseRungInput,
  { store }: Pick<ActivityContext, 'store'>,
): Promise<ClosedRung> {
  const rungs = rungsIn(config, await readPolicies(store, runId));
  const next = rungs[rung + 1];
  const inOrder = [...results].sort((a, b) => a.trial - b.trial);
  const survivors = next ? selectSurvivors(inOrder, next.trials) : rankTrials(inOrder).slice(0, 1);
  await writeRung(store, runId, { rung, steps: rungs[rung]!.steps, results: inOrder, survivors });
  for (const { trial } of inOrder) {
    // Keeps the base, which is compared with the best at the end.
    if (trial !== 0 && !survivors.includes(trial)) await dropTrial(store, runId, trial);
  }
  if (next) return { survivors, finalists: [] };
  const base = rankTrials(inOrder).filter((trial) => trial === 0 && !survivors.includes(trial));
  const finalists = [...survivors, ...base].map((trial) => finalist(store, runId, trial));
  return { survivors, finalists: await Promise.all(finalists) };
}

/** @throws ArtifactMissingError if the trial was not trained to the end */
async function finalist(store: ArtifactStore, runId: string, trial: number): Promise<Finalist> {
  const { trained } = modelKeys(runId, trialName(trial));
  const { model } = await expectTrained(store, trained);
  const { modelKey, validationPredictionsKey } = model;
  return { trial, modelKey, validationPredictionsKey };
}
