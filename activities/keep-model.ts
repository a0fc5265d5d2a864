import type { ArtifactStore } from '../domain/artifact-store.js';
import type { DatasetRecord, FullEvaluation, TrainedModel } from '../domain/records.js';
import type { StoredModel } from '../domain/stored-model.js';
import type { TrainingOutcome } from '../learning/training/train.js';
import { writeFloats } from '../storage/floats.js';
import type { modelKeys } from '../storage/keys.js';
import { writeHashedModel } from '../storage/models.js';
import { writeEvaluation, writeSeries } from '../storage/runs.js';

interface Place {
  readonly runId: string;
  readonly dataset: DatasetRecord;
  readonly generation: number;
  readonly keys: ReturnType<typeof modelKeys>;
}

interface Training
  extends Pick<TrainingOutcome, 'steps' | 'bestStep' | 'series' | 'seconds' | 'waitedSeconds'> {
  /** Of TensorFlow. */
  readonly threads?: number;
}

interface Kept {
  readonly model: StoredModel;
  readonly parameters: number;
  /** Float32 [images, classes] probabilities on validation. */
  readonly predictions: Float32Array;
  readonly evaluation: FullEvaluation;
  readonly temperature: number;
  readonly calibratedError: number;
  /** See taskBoundaryOf. */
  readonly taskBoundary?: number | undefined;
  /** Absent for a model that was not trained by this run. */
  readonly training?: Training;
}

const NO_TRAINING: Training = { steps: 0, bestStep: 0, series: [], seconds: 0, waitedSeconds: 0 };

/** Stores a model with its validation predictions, their evaluation, and the series of its training. */
export async function keepModel(
  { runId, dataset, generation, keys }: Place,
  store: ArtifactStore,
  kept: Kept,
): Promise<TrainedModel> {
  const { model, parameters, predictions, evaluation, temperature, calibratedError } = kept;
  const { taskBoundary, training = NO_TRAINING } = kept;
  const { classes, image, fit } = dataset;
  const card = { runId, generation, classes, image, fit, temperature, ...(taskBoundary && { taskBoundary }) };
  const { modelKey, weightsHash } = await writeHashedModel(store, keys.model, model, card);
  const { key: validationPredictionsKey } = await writeFloats(store, keys.validationPredictions, predictions);
  const seriesKey = await writeSeries(store, keys.series, training.series);
  return {
    modelKey,
    generation,
    parameters,
    steps: training.steps,
    bestStep: training.bestStep,
    validation: await writeEvaluation(store, keys.evaluation('validation'), evaluation),
    validationPredictionsKey,
    seriesKey,
    trainingSeconds: training.seconds,
    waitedSeconds: training.waitedSeconds,
    ...(training.threads !== undefined && { threads: training.threads }),
    weightsHash,
    temperature,
    calibratedError,
  };
}
