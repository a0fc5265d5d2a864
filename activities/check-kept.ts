import type { ArtifactStore } from '../domain/artifact-store.js';
import { isUnusable, readHashed } from '../domain/hashed-artifact.js';
import type { TrainedModel } from '../domain/records.js';
import { type TrainingPlan, trainsToTheEnd } from '../domain/training-plan.js';
import { openValidationLabels } from '../learning/datasets/open-labels.js';
import { evaluate } from '../learning/evaluation/evaluate.js';
import { readFloats } from '../storage/floats.js';
import { modelKeys } from '../storage/keys.js';
import { readModel } from '../storage/models.js';
import { readEvaluation, writeEvaluation } from '../storage/runs.js';

interface Training {
  readonly runId: string;
  readonly plan: Pick<TrainingPlan, 'name' | 'dataset' | 'secondDataset' | 'stopAt' | 'training'>;
}

/**
 * Checks that all that an earlier attempt kept of a training is as it was written; an evaluation that is not is computed
 * again. A model that was removed on purpose is not missed.
 * @throws CorruptArtifactError, ArtifactMissingError naming what only another training can make
 */
export async function checkKept(
  store: ArtifactStore,
  training: Training,
  { modelKey, validationPredictionsKey, seriesKey }: TrainedModel,
): Promise<void> {
  const { runId, plan } = training;
  if (await store.has(modelKeys(runId, plan.name).dropped)) return;
  await readModel(store, modelKey);
  await readHashed(store, validationPredictionsKey);
  await readHashed(store, seriesKey);
  // The evaluation is that of the last stop, whichever result is asked for.
  if (!trainsToTheEnd(plan)) return;
  try {
    await readEvaluation(store, runId, plan.name, 'validation');
  } catch (error) {
    if (!isUnusable(error)) throw error;
    console.warn(`evaluates again: ${(error as Error).message}`);
    await evaluateAgain(store, training, validationPredictionsKey);
  }
}

async function evaluateAgain(
  store: ArtifactStore,
  { runId, plan: { name, dataset, secondDataset } }: Training,
  predictionsKey: string,
): Promise<void> {
  const labels = await openValidationLabels([dataset, ...(secondDataset ? [secondDataset] : [])], store);
  const classes = dataset.classes.length;
  const predictions = await readFloats(store, predictionsKey, labels.length * classes);
  const evaluation = evaluate(predictions, labels, classes);
  await writeEvaluation(store, modelKeys(runId, name).evaluation('validation'), evaluation);
}
