import { DataError } from '../domain/errors.js';
import type { ArtifactKey, DatasetRecord, Evaluation } from '../domain/records.js';
import { writeFloats } from '../storage/floats.js';
import { modelKeys } from '../storage/keys.js';
import { readModel } from '../storage/models.js';
import { writeEvaluation } from '../storage/runs.js';
import type { ActivityContext } from './context.js';
import { measure } from './measure.js';

export interface MeasureInput {
  readonly runId: string;
  readonly dataset: DatasetRecord;
  /** A second data set to measure on, with the same class order. */
  readonly secondDataset?: DatasetRecord;
  readonly modelKey: ArtifactKey;
  /** The folder within the run for the results. */
  readonly name: string;
  readonly split: 'validation' | 'test';
}

export interface MeasuredModel {
  readonly evaluation: Evaluation;
  /** Float32 [images, classes] probabilities, in split order. */
  readonly predictionsKey: ArtifactKey;
}

/**
 * Predicts and evaluates all images of a split; stores predictions and evaluation.
 * @throws DataError if the split has no images
 */
export async function measureModel(
  { runId, dataset, secondDataset, modelKey, name, split }: MeasureInput,
  context: ActivityContext,
): Promise<MeasuredModel> {
  if (dataset.counts[split] === 0) {
    throw new DataError(`data.${split}: received no images, expected some to measure ${name} on`);
  }
  const { store } = context;
  const model = await readModel(store, modelKey);
  const { evaluation, predictions } = await measure(model, { dataset, secondDataset, split }, context);
  const keys = modelKeys(runId, name);
  const { key: predictionsKey } = await writeFloats(store, keys.predictions(split), predictions);
  return { evaluation: await writeEvaluation(store, keys.evaluation(split), evaluation), predictionsKey };
}
