import type { DatasetRecord, ModelVersion, ReigningChampion } from '../domain/records.js';
import { writeFloats } from '../storage/floats.js';
import { runKeys } from '../storage/keys.js';
import { readModel } from '../storage/models.js';
import { writeEvaluation } from '../storage/runs.js';
import type { ActivityContext } from './context.js';
import { measure } from './measure.js';

export interface MeasureReigningInput {
  readonly runId: string;
  readonly dataset: DatasetRecord;
  /** A second data set to measure on. */
  readonly secondDataset?: DatasetRecord;
  /** Has the data set's classes in any order. */
  readonly reigning: Pick<ModelVersion, 'modelKey' | 'version' | 'classes'>;
}

/** Evaluates the champion of another run on this run's validation images, in their class order. */
export async function measureReigning(
  { runId, dataset, secondDataset, reigning: { modelKey, version, classes } }: MeasureReigningInput,
  context: ActivityContext,
): Promise<ReigningChampion> {
  const model = await readModel(context.store, modelKey);
  const { evaluation, predictions } = await measure(
    model,
    { dataset, secondDataset, classes, split: 'validation' },
    context,
  );
  const keys = runKeys(runId);
  const { key } = await writeFloats(context.store, keys.reigningPredictions, predictions);
  const validation = await writeEvaluation(context.store, keys.reigningEvaluation, evaluation);
  return { version, modelKey, validation, validationPredictionsKey: key };
}
