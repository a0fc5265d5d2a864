import type { ArtifactStore } from '../../domain/artifact-store.js';
import { type ClosedRung, type Finalist, trialName } from '../../domain/methods/search.js';
import { rankTrials, selectSurvivors } from '../../learning/search/rungs.js';
import { modelKeys } from '../../storage/keys.js';
import { dropTrial, readPolicies, writeRung } from '../../storage/search.js';
import { rungsIn } from './rungs-in.js';
import type { CloseRungInput } from './search-contract.js';

/**
 * Ranks a rung's trials, records it, and removes the models and checkpoints of those that are out. Of the last rung the
 * best alone goes on.
 */
export async function closeRung(
  { runId, config, rung, results }: CloseRungInput,
  store: ArtifactStore,
): Promise<ClosedRung> {
  const rungs = rungsIn(config, await readPolicies(store, runId));
  const next = rungs[rung + 1];
  const inOrder = [...results].sort((a, b) => a.trial - b.trial);
  const survivors = next ? selectSurvivors(inOrder, next.trials) : rankTrials(inOrder).slice(0, 1);
  await writeRung(store, runId, { rung, steps: rungs[rung]!.steps, results: inOrder, survivors });
  for (const { trial } of inOrder) {
    // The base is measured beside the best in the end.
    if (trial !== 0 && !survivors.includes(trial)) await dropTrial(store, runId, trial);
  }
  if (next) return { survivors, finalists: [] };
  const base = rankTrials(inOrder).filter((trial) => trial === 0 && !survivors.includes(trial));
  return { survivors, finalists: [...survivors, ...base].map((trial) => finalist(runId, trial)) };
}

function finalist(runId: string, trial: number): Finalist {
  const { model, validationPredictions } = modelKeys(runId, trialName(trial));
  return { trial, modelKey: model, validationPredictionsKey: validationPredictions };
}
