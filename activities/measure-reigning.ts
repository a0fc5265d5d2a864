import type { ReigningChampion } from '../domain/records.js';
import { openDataset } from '../learning/datasets/open.js';
import { writeFloats } from '../storage/floats.js';
import { runKeys } from '../storage/keys.js';
import { readModel } from '../storage/models.js';
import type { MeasureReigningInput } from './contract.js';
import { measure } from './evaluate-model.js';
import type { RunningStep } from './step-context.js';

/** What the champion of an earlier run is worth on this run's validation images. */
export async function measureReigning(
  { runId, dataset, reigning: { modelKey, version } }: MeasureReigningInput,
  step: RunningStep,
): Promise<ReigningChampion> {
  const model = await readModel(step.store, modelKey);
  const { validation: images } = await openDataset(dataset, step.store);
  const { evaluation, predictions } = await measure(model, images, dataset.classes.length, 0, step);
  const validationPredictionsKey = runKeys(runId).reigningPredictions;
  await writeFloats(step.store, validationPredictionsKey, predictions);
  return { version, modelKey, validation: evaluation, validationPredictionsKey };
}
