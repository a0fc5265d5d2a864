import { keyedRandom } from '../../domain/random.js';
import { type ImageSet, type SplitImages, someOf } from '../../learning/datasets/image-set.js';
import { readLabels } from '../../learning/datasets/pack/columns.js';
import { readManifest } from '../../learning/datasets/pack/manifest.js';
import { readSplitOf } from '../../learning/datasets/split/stored-split.js';
import { together } from '../../learning/datasets/together.js';
import { chooseToLabel } from '../../learning/index.js';
import type { ModelSource, PreparedData } from './model-source.js';
import type { AskedLabels } from './recipe.js';

/** A data set in which some unlabelled images have got their true labels: those that a model asks for. */
export async function labelAsked(
  lab: ModelSource,
  seed: number,
  prepared: PreparedData,
  asked: AskedLabels,
): Promise<SplitImages> {
  return withAnswers(lab, seed, { ...prepared, truth: await truthOf(lab, prepared) }, asked);
}

/** Classes of the unlabelled images, which methods are not to know; -1 where nobody does. */
async function truthOf({ store }: ModelSource, { record }: PreparedData): Promise<Int32Array> {
  const { positions } = await readSplitOf(record, store);
  const labels = await readLabels(store, await readManifest(store, record.contentHash));
  return Int32Array.from(positions.unlabelled, (image) => labels[image]!);
}

interface Known extends Pick<PreparedData, 'images' | 'classes'> {
  readonly truth: Int32Array;
}

/** The same, where the true labels are known. */
export async function withAnswers(
  lab: ModelSource,
  seed: number,
  { images, classes, truth }: Known,
  asked: AskedLabels,
): Promise<SplitImages> {
  const known = [...truth.keys()].filter((position) => truth[position]! >= 0);
  const candidates = someOf(images.unlabelled, known);
  const chosen = new Set(
    (await choose(lab, seed, { images, classes, candidates }, asked)).map((at) => known[at]!),
  );
  const others = [...truth.keys()].filter((position) => !chosen.has(position));
  const labels = [...chosen].map((position) => truth[position]!);
  const answered: ImageSet = {
    ...someOf(images.unlabelled, [...chosen]),
    label: (position) => labels[position]!,
  };
  return {
    ...images,
    labelled: together(images.labelled, answered),
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
  { by, count, model: recipe }: AskedLabels,
): Promise<readonly number[]> {
  if (by === 'random') {
    return [...keyedRandom(seed, 'bench-random-labels').permutation(candidates.count).subarray(0, count)];
  }
  const { model, temperature } = await lab.model(recipe, seed);
  const { chosen } = await chooseToLabel({
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
