import type { GapReport } from '../../domain/methods/gap.js';
import { nameImages } from '../../learning/datasets/image-names.js';
import { type ImageSet, someOf } from '../../learning/datasets/image-set.js';
import { openDataset } from '../../learning/datasets/open.js';
import { realImages } from '../../learning/datasets/real-images.js';
import { measureGap as measure } from '../../learning/gap/measure-gap.js';
import { runKeys } from '../../storage/keys.js';
import { readModel, readModelCard } from '../../storage/models.js';
import type { RunningStep } from '../step-context.js';
import { toldProgress } from '../told-progress.js';
import type { MeasureGapInput } from './gap-contract.js';
import { expectComparable, realKeys } from './prepare-real.js';

interface Real {
  readonly images: ImageSet;
  /** Of each in the unlabelled split. */
  readonly positions: readonly number[];
}

async function openReal(
  { dataset, real }: Pick<MeasureGapInput, 'dataset' | 'real'>,
  { store }: RunningStep,
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
 * How far the labelled images are from the real ones, with the names of the least covered. Classes are numbered as the
 * model numbers them.
 * @throws DataError when there are too few images of a kind; else as {@link expectComparable}
 */
export async function measureGap(input: MeasureGapInput, step: RunningStep): Promise<GapReport['gap']> {
  const { config, dataset, model } = input;
  const { store, signal } = step;
  const numbered = expectComparable(input);
  const { onShard, onProgress } = toldProgress(step);
  const names = await namesOf(input, step);
  const real = await openReal(input, step, onShard);
  const { labelled, validation } = await openDataset(numbered, store, {
    imagesToRead: (positions) => [positions.labelled, positions.validation],
    onShard,
  });
  const { temperature = 1 } = await readModelCard(store, model.modelKey);
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

/** Names of the images that a gap speaks of: real ones by their position among all, and those of training. */
async function namesOf({ runId, dataset, real }: MeasureGapInput, { store }: RunningStep) {
  const own = await nameImages(dataset, runKeys(runId).names, store);
  const ofReal = real ? await nameImages(real, realKeys(runId).names, store) : own;
  return { real: ofReal.unlabelled, training: own.labelled };
}
