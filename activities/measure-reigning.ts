import type { ReigningChampion } from '../domain/records.js';
import { writeFloats } from '../storage/floats.js';
import { runKeys } from '../storage/keys.js';
import { readModel } from '../storage/models.js';
import { writeEvaluation } from '../storage/runs.js';
import type { MeasureReigningInput } from './contract.js';
import { measure } from './evaluate-model.js';
import type { RunningStep } from './step-context.js';

/** What the champion of an earlier run is worth on this run's validation images, in their order of the classes. */
export async function measureReigning(
  { runId, dataset, more, reigning: { modelKey, version, classes } }: MeasureReigningInput,
  step: RunningStep,
): Promise<ReigningChampion> {
  const model = await readModel(step.store, modelKey);
  const { evaluation, predictions } = await measure(
    model,
    { dataset, more, classes, split: 'validation', generation: 0 },
    step,
  );
  const keys = runKeys(runId);
  await writeFloats(step.store, keys.reigningPredictions, predictions);
  const validation = await writeEvaluation(step.store, keys.reigningEvaluation, evaluation);
  return { version, modelKey, validation, validationPredictionsKey: keys.reigningPredictions };
}
