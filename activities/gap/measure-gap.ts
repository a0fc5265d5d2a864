import type { GapReport } from '../../domain/methods/gap.js';
import type { DatasetRecord } from '../../domain/records.js';
import { nameImages } from '../../learning/datasets/image-names.js';
import { type ImageSet, someOf } from '../../learning/datasets/image-set.js';
import { openDataset } from '../../learning/datasets/open.js';
import { realImages } from '../../learning/datasets/real-images.js';
import { measureGap as measure } from '../../learning/gap/measure-gap.js';
import { datasetKeys, runKeys } from '../../storage/keys.js';
import { readModel, readModelCard } from '../../storage/models.js';
import type { ActivityContext } from '../context.js';
import { imageProgress } from '../image-progress.js';
import { expectComparable, type PrepareRealInput } from './prepare-real.js';

export interface MeasureGapInput extends PrepareRealInput {
  /** The data set of {@link prepareReal}; absent if the unlabelled images are the real ones. */
  readonly real?: DatasetRecord;
}

interface Real {
  readonly images: ImageSet;
  /** Position of each image in the unlabelled split. */
  readonly positions: readonly number[];
}

async function openReal(
  { dataset, real }: Pick<MeasureGapInput, 'dataset' | 'real'>,
  { store }: ActivityContext,
  onShard: () => void,
): Promise<Real> {
  const all = Array.from({ length: dataset.counts.unlabelled }, (_, position) => position);
  const positions = real ? await realImages(real, dataset, store) : all;
  const { unlabelled } = await openDataset(real ?? dataset, store, {
    imagesToRead: (splits) => [positions.map((position) => splits.unlabelled[position]!)],
    onShard,
  });
  return { images: someOf(unlabelled, positions), positions };
}

/**
 * Measures how far the labelled images are from the real ones, and lists the least covered. Results have the model's
 * class order.
 * @throws DataError if one of the sets has too few images; otherwise like {@link expectComparable}
 */
export async function measureGap(
  input: MeasureGapInput,
  context: ActivityContext,
): Promise<GapReport['gap']> {
  const { config, dataset, model } = input;
  const { store, signal } = context;
  const numbered = expectComparable(input);
  const { onShard, onProgress } = imageProgress(context);
  const names = await namesOf(input, context);
  const real = await openReal(input, context, onShard);
  const { labelled, validation } = await openDataset(numbered, store, {
    imagesToRead: (positions) => [positions.labelled, positions.validation],
    onShard,
  });
  const { temperature } = await readModelCard(store, model.modelKey);
  const { seed, sample, neighbours, permutations, shown, augmentation } = config;
  const gap = await measure({
    model: await readModel(store, model.modelKey),
    temperature,
    training: labelled,
    validation,
    real: real.images,
    realField: input.real ? 'real' : 'data.unlabelled',
    classes: dataset.classes.length,
    augmentation,
    seed,
    sample,
    neighbours,
    permutations,
    shown,
    signal,
    onProgress,
  });
  const leastCovered = gap.leastCovered.map((image) => {
    const position = real.positions[image.position]!;
    return { ...image, position, path: names.real(position), nearestPath: names.training(image.nearest) };
  });
  return { ...gap, leastCovered };
}

/** Names of real images by position in the unlabelled split, and names of training images. */
async function namesOf({ runId, dataset, real }: MeasureGapInput, { store }: ActivityContext) {
  const own = await nameImages(dataset, runKeys(runId).names, store);
  const ofReal = real ? await nameImages(real, datasetKeys(runId, 'real').names, store) : own;
  return { real: ofReal.unlabelled, training: own.labelled };
}
