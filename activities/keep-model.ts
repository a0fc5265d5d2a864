import type { ArtifactStore } from '../domain/artifact-store.js';
import { fitOf } from '../domain/config/fit-of.js';
import type { DatasetRecord, FullEvaluation, TrainedModel } from '../domain/records.js';
import type { StoredModel } from '../domain/stored-model.js';
import type { TrainingOutcome } from '../learning/training/train.js';
import { writeFloats } from '../storage/floats.js';
import type { modelKeys } from '../storage/keys.js';
import { writeModel } from '../storage/models.js';
import { writeEvaluation, writeSeries } from '../storage/runs.js';
import type { StepInput } from './contract.js';

/** Whose model it is, and where it is kept. */
interface Place extends StepInput {
  readonly dataset: DatasetRecord;
  readonly generation: number;
  readonly keys: ReturnType<typeof modelKeys>;
}

/** How it came to be. */
type Training = Pick<TrainingOutcome, 'steps' | 'bestStep' | 'series' | 'seconds' | 'waitedSeconds'>;

interface Kept {
  readonly model: StoredModel;
  readonly parameters: number;
  /** [images, classes] probabilities on validation. */
  readonly predictions: Float32Array;
  /** What those are worth. */
  readonly evaluation: FullEvaluation;
  readonly temperature: number;
  readonly calibratedError: number;
  /** See classesApart. */
  readonly apart?: number | undefined;
  /** Absent: it was there before. */
  readonly training?: Training;
}

const NO_TRAINING: Training = { steps: 0, bestStep: 0, series: [], seconds: 0, waitedSeconds: 0 };

/** Writes a model, what it says of validation and what that is worth. */
export async function keepModel(
  { runId, config, dataset, generation, keys }: Place,
  store: ArtifactStore,
  kept: Kept,
): Promise<TrainedModel> {
  const { model, parameters, predictions, evaluation, temperature, calibratedError } = kept;
  const { apart, training = NO_TRAINING } = kept;
  const { classes, image } = dataset;
  const fit = fitOf(dataset, config.data.image);
  const card = { runId, generation, classes, image, fit, temperature, ...(apart && { taskBoundary: apart }) };
  const weightsHash = await writeModel(store, keys.model, model, card);
  await writeFloats(store, keys.validationPredictions, predictions);
  await writeSeries(store, keys.series, training.series);
  return {
    modelKey: keys.model,
    generation,
    parameters,
    steps: training.steps,
    bestStep: training.bestStep,
    validation: await writeEvaluation(store, keys.evaluation('validation'), evaluation),
    validationPredictionsKey: keys.validationPredictions,
    seriesKey: keys.series,
    trainingSeconds: training.seconds,
    waitedSeconds: training.waitedSeconds,
    weightsHash,
    temperature,
    calibratedError,
  };
}
