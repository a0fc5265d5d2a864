import type { Gap, GapReport } from '../../domain/methods/gap.js';
import type { DatasetRecord } from '../../domain/records.js';
import { type ImageSet, someOf } from '../../learning/datasets/image-set.js';
import { firstOfUnlabelledSource, nameImages } from '../../learning/datasets/name-images.js';
import { openDataset } from '../../learning/datasets/open.js';
import { measureGap as measure } from '../../learning/gap/measure-gap.js';
import { ProgressMeter } from '../../learning/training/progress-meter.js';
import { readModel, readModelCard } from '../../storage/models.js';
import type { RunningStep } from '../step-context.js';
import type { MeasureGapInput } from './gap-contract.js';
import { expectComparable, REAL_OF_ANY_CLASS, realDataOf } from './prepare-real.js';

interface Real {
  readonly images: ImageSet;
  /** Of the first of them among the data set's unlabelled images. */
  readonly first: number;
}

async function openReal(
  record: DatasetRecord,
  first: number,
  { store }: RunningStep,
  onShard: () => void,
): Promise<Real> {
  const { unlabelled } = await openDataset(record, store, {
    lookedAt: (positions) => [positions.unlabelled.slice(first)],
    onShard,
  });
  const positions = Array.from({ length: unlabelled.count - first }, (_, index) => first + index);
  return { images: someOf(unlabelled, positions), first };
}

/**
 * How far the labelled images are from the real ones, with the names of the least covered. Classes are numbered as the
 * model numbers them.
 * @throws DataError when there are too few images of a kind; else as {@link expectComparable}
 */
export async function measureGap(input: MeasureGapInput, step: RunningStep): Promise<GapReport['gap']> {
  const { config, dataset, model } = input;
  const { store, signal, report } = step;
  const numbered = expectComparable(input);
  const progress = { activity: 'evaluate', generation: 0 } as const;
  const onShard = () => report({ ...progress, done: 0, total: 0, rate: 0 });
  const record = input.real ?? dataset;
  const real = await openReal(
    record,
    input.real ? await firstOfUnlabelledSource(record, store) : 0,
    step,
    onShard,
  );
  const { labelled, validation } = await openDataset(numbered, store, {
    lookedAt: (positions) => [positions.labelled, positions.validation],
    onShard,
  });
  const { temperature = 1 } = await readModelCard(store, model.modelKey);
  const meter = new ProgressMeter();
  const { seed, sample, neighbours, permutations, shown, augmentation } = config;
  const gap = await measure({
    model: await readModel(store, model.modelKey),
    temperature,
    training: labelled,
    validation,
    real: real.images,
    realField: input.real ? 'real' : 'data.unlabelled',
    classes: dataset.classes.length,
    ...{ augmentation, seed, sample, neighbours, permutations, shown, signal },
    onProgress: (done, total) => report({ ...progress, done, total, rate: meter.rate(done) }),
  });
  return { ...gap, leastCovered: await named(gap, input, real.first, step, onShard) };
}

async function named(
  { leastCovered }: Gap,
  { config, dataset, real }: MeasureGapInput,
  first: number,
  { store }: RunningStep,
  watch: () => void,
): Promise<GapReport['gap']['leastCovered']> {
  const names = await nameImages(dataset, config.data, store, { watch });
  const ofReal = real
    ? await nameImages(real, realDataOf(config, dataset), store, { watch, ...REAL_OF_ANY_CLASS })
    : names;
  return leastCovered.map((image) => {
    const position = first + image.position;
    return {
      ...image,
      position,
      path: ofReal.unlabelled(position),
      nearestPath: names.labelled(image.nearest),
    };
  });
}
