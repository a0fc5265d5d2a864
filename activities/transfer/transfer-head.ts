import type { ArtifactStore } from '../../domain/artifact-store.js';
import { ArtifactMissingError } from '../../domain/errors.js';
import type { HeadTransfer, TransferConfig } from '../../domain/methods/transfer.js';
import type { DatasetRecord, OpenedModel } from '../../domain/records.js';
import { labelsOf, type SplitImages } from '../../learning/datasets/image-set.js';
import { openDataset } from '../../learning/datasets/open.js';
import { datasetOfSplit } from '../../learning/datasets/split/stored-split.js';
import { measureCalibration } from '../../learning/evaluation/calibration.js';
import { transferHead as transfer } from '../../learning/transfer/transfer-head.js';
import { modelKeys, runKeys } from '../../storage/keys.js';
import { readModel, readModelCard, writeHashedModel } from '../../storage/models.js';
import type { ActivityContext } from '../context.js';
import { imageProgress } from '../image-progress.js';
import { keepModel } from '../keep-model.js';
import type { RunActivityInput } from '../run-input.js';

export interface TransferHeadInput extends RunActivityInput<TransferConfig> {
  readonly dataset: DatasetRecord;
  readonly from: Pick<OpenedModel, 'modelKey'>;
}

/**
 * Fits a new last layer on a model's frozen features and stores the result as a model. Features are cached in the store
 * for retries and other runs on the same images.
 * @throws ModelError if the image shapes differ, or the model does not end in a dense layer
 * @throws the signal's reason when aborted
 */
export async function transferHead(
  { runId, config, dataset, from }: TransferHeadInput,
  context: ActivityContext,
): Promise<HeadTransfer> {
  const { store, signal } = context;
  const { labelled, validation } = dataset.counts;
  const { onShard, onProgress } = imageProgress(context, 2 * (labelled + validation));
  const images = await openDataset(dataset, store, {
    imagesToRead: (positions) => [positions.labelled, positions.validation],
    onShard,
  });
  const source = await readModel(store, from.modelKey);
  const trainedOn = await imagesOfModel(from.modelKey, { runId, store, onShard });
  const began = performance.now();
  const { head, model, measures, choice, untrained, parameters } = await transfer({
    model: source,
    images,
    ...(trainedOn && { source: trainedOn }),
    classes: dataset.classes.length,
    weightDecays: config.weightDecays,
    seed: config.seed,
    store,
    signal,
    onProgress,
  });
  const calibration = measureCalibration(
    head.predictions,
    labelsOf(images.validation),
    dataset.classes.length,
  );
  const kept = { runId, dataset, generation: 0, keys: modelKeys(runId, 'head') };
  const trained = await keepModel(kept, store, {
    model,
    parameters,
    predictions: head.predictions,
    evaluation: head.validation,
    temperature: calibration.temperature,
    calibratedError: calibration.after.calibrationError,
    training: {
      steps: head.iterations,
      bestStep: head.iterations,
      series: [],
      seconds: (performance.now() - began) / 1000,
      waitedSeconds: 0,
    },
  });
  const { classes, image, fit } = dataset;
  const card = { runId, generation: 0, classes, image, fit, temperature: 1 };
  const name = modelKeys(runId, 'untrained').model;
  const { weightDecay, trials } = head;
  return {
    model: trained,
    measures,
    choice,
    weightDecay,
    trials,
    untrained: await writeHashedModel(store, name, untrained, card),
  };
}

/**
 * Opens the training and validation images of a model that another run in this store made. Undefined for a copy of a
 * model from outside the store, or if the images were deleted.
 */
async function imagesOfModel(
  modelKey: string,
  { runId, store, onShard }: { runId: string; store: ArtifactStore; onShard: () => void },
): Promise<SplitImages | undefined> {
  const made = (await readModelCard(store, modelKey)).runId;
  if (made === runId) return undefined;
  const dataset = await datasetOfSplit(store, runKeys(made).split);
  if (!dataset) return undefined;
  try {
    return await openDataset(dataset, store, {
      imagesToRead: (positions) => [positions.labelled, positions.validation],
      onShard,
    });
  } catch (error) {
    if (error instanceof ArtifactMissingError) return undefined;
    throw error;
  }
}
