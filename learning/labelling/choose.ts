import { DataError } from '../../domain/errors.js';
import type { ChosenImage, LabelChoice } from '../../domain/methods/label-next.js';
import { keyedRandom } from '../../domain/random.js';
import type { StoredModel } from '../../domain/stored-model.js';
import { type ImageSet, someOf } from '../datasets/image-set.js';
import { rowsOf, squaredDistance } from '../models/feature-rows.js';
import { type Features, featuresOf } from '../models/features.js';
import { predict } from '../models/predict.js';
import { badge } from './badge.js';
import { type Candidates, countOf, topTwo } from './candidates.js';
import { coreSet } from './core-set.js';
import { smallestMargins } from './margin.js';
import { reasonFor } from './reason.js';

export interface ChoiceRequest {
  readonly model: StoredModel;
  /** Of its probabilities, fitted on validation. */
  readonly temperature: number;
  readonly labelled: ImageSet;
  readonly unlabelled: ImageSet;
  readonly classes: readonly string[];
  readonly count: number;
  readonly by: LabelChoice['by'];
  readonly seed: number;
  /** Unlabelled images that are looked at, at most. */
  readonly sample: number;
  readonly signal?: AbortSignal;
  /** Images looked at, of all. */
  readonly onProgress?: (done: number, total: number) => void;
}

function choose(candidates: Candidates, labelled: Features, request: ChoiceRequest): number[] {
  const { by, count, seed, signal } = request;
  const stop = () => signal?.throwIfAborted();
  switch (by) {
    case 'badge':
      return badge(candidates, count, keyedRandom(seed, 'label-next', 'badge'), stop);
    case 'margin':
      return smallestMargins(candidates, count);
    case 'coverage':
      return coreSet(candidates.features, labelled, count, stop);
  }
}

/** Distance of each choice to the nearest image that is labelled or was chosen before it. */
function distancesOf(chosen: readonly number[], features: Features, labelled: Features): number[] {
  return chosen.map((image, place) => {
    let least = Number.POSITIVE_INFINITY;
    for (let row = 0; row < rowsOf(labelled); row++) {
      least = Math.min(least, squaredDistance(features, image, labelled, row));
    }
    for (const earlier of chosen.slice(0, place)) {
      least = Math.min(least, squaredDistance(features, image, features, earlier));
    }
    return Math.sqrt(least);
  });
}

/**
 * The most useful unlabelled images to label next.
 * @throws DataError when there are fewer candidates than images asked for
 * @throws the signal's reason when aborted
 */
export async function chooseToLabel(request: ChoiceRequest): Promise<LabelChoice> {
  const { model, labelled, unlabelled, classes, by, count, seed, sample, signal, onProgress } = request;
  const drawn = keyedRandom(seed, 'label-next').permutation(unlabelled.count).subarray(0, sample).sort();
  if (drawn.length < count) {
    throw new DataError(
      `count: received ${count}, expected at most ${drawn.length}, the unlabelled images${drawn.length < unlabelled.count ? ' that are looked at (sample)' : ''}`,
    );
  }
  const images = someOf(unlabelled, drawn);
  const total = images.count + labelled.count;
  const seen = (set: ImageSet, before: number) =>
    featuresOf({
      model,
      images: set,
      first: 0,
      count: set.count,
      onProgress: (done) => onProgress?.(before + done, total),
      ...(signal && { signal }),
    });
  const features = await seen(images, 0);
  const known = await seen(labelled, images.count);
  const probabilities = await predict({
    model,
    temperature: request.temperature,
    images,
    first: 0,
    count: images.count,
    ...(signal && { signal }),
  });
  const candidates: Candidates = { probabilities, classes: classes.length, features };
  const picked = choose(candidates, known, request);
  const distances = distancesOf(picked, features, known);
  const chosen = picked.map((image, place): ChosenImage => {
    const { first, second, firstProbability, secondProbability } = topTwo(candidates, image);
    const facts = {
      position: drawn[image]!,
      guess: first,
      confidence: firstProbability,
      second,
      secondConfidence: secondProbability,
      distance: distances[place]!,
    };
    return { ...facts, reason: reasonFor(by, facts, classes) };
  });
  const byClass = classes.map((_, index) => chosen.filter(({ guess }) => guess === index).length);
  return { by, unlabelled: unlabelled.count, candidates: countOf(candidates), chosen, byClass };
}
