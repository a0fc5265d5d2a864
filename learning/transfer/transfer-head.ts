import type { ArtifactStore } from '../../domain/artifact-store.js';
import type { SourceDistance, TransferChoice, TransferMeasures } from '../../domain/methods/transfer.js';
import { parametersOf, type StoredModel } from '../../domain/stored-model.js';
import { countByClass, type ImageSet, labelsOf, type SplitImages } from '../datasets/image-set.js';
import { startFrom, withHeadWeights } from '../models/start.js';
import { untrained } from '../models/untrained.js';
import { cachedFeatures } from './cached-features.js';
import { chooseMode } from './choose.js';
import { type FittedHead, fitHead } from './fit-head.js';
import type { LabelledFeatures } from './logistic-regression.js';
import { sourceDistance } from './source-distance.js';

export interface TransferHeadRequest {
  readonly model: StoredModel;
  readonly images: Pick<SplitImages, 'labelled' | 'validation'>;
  /** The data set that the model was trained on, if known. */
  readonly source?: Pick<SplitImages, 'labelled' | 'validation'>;
  readonly classes: number;
  readonly weightDecays: readonly number[];
  readonly seed: number;
  /** Caches the features. */
  readonly store: ArtifactStore;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: (done: number, total: number) => void;
}

export interface TransferredHead {
  readonly head: FittedHead;
  /** The model with that head. */
  readonly model: StoredModel;
  readonly parameters: number;
  readonly measures: TransferMeasures;
  readonly choice: TransferChoice;
  /** The same network with random weights and the old number of classes. */
  readonly untrained: StoredModel;
}

/**
 * Fits a new last layer on a model's frozen features, and one on the features of the same network with random weights.
 * Their comparison chooses between this head and fine-tuning.
 * @throws ModelError when the model takes other images, or does not end in a dense layer
 * @throws the signal's reason when aborted
 */
export async function transferHead(request: TransferHeadRequest): Promise<TransferredHead> {
  const { model, images, classes, seed } = request;
  const needs = { classes, image: images.labelled.shape };
  await expectStart(model, { ...needs, seed });
  const random = await untrained(model, seed);
  const total = 2 * (images.labelled.count + images.validation.count);
  const head = await headOn(model, request, 0, total);
  const randomHead = await headOn(random, request, total / 2, total);
  const distance = await distanceOf(request, total);
  const measures = { ...measuresOf(head, randomHead, images, classes), ...(distance && { distance }) };
  const whole = await withHeadWeights(model, needs, head.weights);
  return {
    head,
    model: whole,
    parameters: parametersOf(whole),
    measures,
    choice: chooseMode(measures),
    untrained: random,
  };
}

async function expectStart(
  model: StoredModel,
  needs: Omit<Parameters<typeof startFrom>[1], 'head'>,
): Promise<void> {
  (await startFrom(model, { ...needs, head: 'new' })).dispose();
}

async function headOn(
  model: StoredModel,
  { images, classes, weightDecays, store, signal, onProgress }: TransferHeadRequest,
  before: number,
  total: number,
): Promise<FittedHead> {
  const featuresIn = async (set: ImageSet, first: number): Promise<LabelledFeatures> => ({
    ...(await cachedFeatures({
      model,
      images: set,
      store,
      signal,
      onProgress: (done) => onProgress?.(before + first + done, total),
    })),
    labels: labelsOf(set),
  });
  const labelled = await featuresIn(images.labelled, 0);
  const validation = await featuresIn(images.validation, images.labelled.count);
  // Reports progress during the fits: with many images each takes seconds.
  const onFit = () => onProgress?.(before + images.labelled.count + images.validation.count, total);
  return fitHead({ labelled, validation, classes, weightDecays, onProgress: onFit, signal });
}

async function distanceOf(
  { model, source, images, store, signal, onProgress }: TransferHeadRequest,
  total: number,
): Promise<SourceDistance | undefined> {
  if (!source) return undefined;
  return sourceDistance({
    model,
    source,
    images: images.validation,
    store,
    signal,
    onProgress: () => onProgress?.(total, total),
  });
}

function measuresOf(
  head: FittedHead,
  random: FittedHead,
  { labelled, validation }: TransferHeadRequest['images'],
  classes: number,
): TransferMeasures {
  const { accuracy } = head.validation;
  const untrainedAccuracy = random.validation.accuracy;
  const errors = 1 - untrainedAccuracy;
  return {
    labelsPerClass: Math.min(...countByClass(labelsOf(labelled), classes)),
    chance: Math.max(...countByClass(labelsOf(validation), classes)) / validation.count,
    accuracy,
    untrainedAccuracy,
    similarity: Math.max(-1, errors === 0 ? accuracy - 1 : (accuracy - untrainedAccuracy) / errors),
    trainingAccuracy: head.trainingAccuracy,
  };
}
