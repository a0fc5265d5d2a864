import { keyedRandom } from '../../domain/random.js';
import { concatImages } from '../../learning/datasets/concat-images.js';
import { type ImageSet, type SplitImages, someOf } from '../../learning/datasets/image-set.js';
import { readLabels } from '../../learning/datasets/pack/columns.js';
import { readManifest } from '../../learning/datasets/pack/manifest.js';
import { readSplitOf } from '../../learning/datasets/split/stored-split.js';
import { chooseImagesToLabel } from '../../learning/index.js';
import type { ModelSource, PreparedData } from './model-source.js';
import type { LabelQuery } from './recipe.js';

/** Returns the data set after a label query: the queried images have their true labels. */
export async function labelQueried(
  lab: ModelSource,
  seed: number,
  prepared: PreparedData,
  asked: LabelQuery,
): Promise<SplitImages> {
  return withQueriedLabels(lab, seed, { ...prepared, truth: await truthOf(lab, prepared) }, asked);
}

/** True classes of the unlabelled images, which methods never see; -1 if unknown. */
async function truthOf({ store }: ModelSource, { record }: PreparedData): Promise<Int32Array> {
  const { positions } = await readSplitOf(record, store);
  const labels = await readLabels(store, await readManifest(store, record.contentHash));
  return Int32Array.from(positions.unlabelled, (image) => labels[image]!);
}

interface Known extends Pick<PreparedData, 'images' | 'classes'> {
  readonly truth: Int32Array;
}

/** Moves the queried images to the labelled ones, given the true labels. */
export async function withQueriedLabels(
  lab: ModelSource,
  seed: number,
  { images, classes, truth }: Known,
  asked: LabelQuery,
): Promise<SplitImages> {
  const known = [...truth.keys()].filter((position) => truth[position]! >= 0);
  const candidates = someOf(images.unlabelled, known);
  const chosen = new Set(
    (await choose(lab, seed, { images, classes, candidates }, asked)).map((at) => known[at]!),
  );
  const others = [...truth.keys()].filter((position) => !chosen.has(position));
  const labels = [...chosen].map((position) => truth[position]!);
  const queried: ImageSet = {
    ...someOf(images.unlabelled, [...chosen]),
    label: (position) => labels[position]!,
  };
  return {
    ...images,
    labelled: concatImages(images.labelled, queried),
    unlabelled: someOf(images.unlabelled, others),
  };
}

async function choose(
  lab: ModelSource,
  seed: number,
  {
    images,
    classes,
    candidates,
  }: Pick<PreparedData, 'images' | 'classes'> & { readonly candidates: ImageSet },
  { by, count, model: recipe }: LabelQuery,
): Promise<readonly number[]> {
  if (by === 'random') {
    return [...keyedRandom(seed, 'bench-random-labels').permutation(candidates.count).subarray(0, count)];
  }
  const { model, temperature } = await lab.model(recipe, seed);
  const { chosen } = await chooseImagesToLabel({
    model,
    temperature,
    labelled: images.labelled,
    unlabelled: candidates,
    classes,
    count,
    by,
    seed,
    sample: candidates.count,
    signal: lab.signal,
  });
  return chosen.map(({ position }) => position);
}
