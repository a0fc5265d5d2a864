import { DataError } from '../../domain/errors.js';
import type { ChosenImage, LabelChoice } from '../../domain/methods/label-next.js';
import { keyedRandom } from '../../domain/random.js';
import type { StoredModel } from '../../domain/stored-model.js';
import { type ImageSet, someOf } from '../datasets/image-set.js';
import { rowsOf, squaredDistance } from '../models/feature-rows.js';
import { type Features, featuresOf } from '../models/features.js';
import { predict } from '../models/predict.js';
import { eventLoopYielder, type YieldToEventLoop } from '../yield-to-event-loop.js';
import { badge } from './badge.js';
import { type Candidates, candidateCount, topTwo } from './candidates.js';
import { coreSet } from './core-set.js';
import { smallestMargins } from './margin.js';
import { reasonFor } from './reason.js';

export interface ChoiceRequest {
  readonly model: StoredModel;
  /** Temperature of the model's probabilities, fitted on validation. */
  readonly temperature: number;
  readonly labelled: ImageSet;
  readonly unlabelled: ImageSet;
  readonly classes: readonly string[];
  readonly count: number;
  readonly by: LabelChoice['by'];
  readonly seed: number;
  /** Largest number of unlabelled images to run the model on. */
  readonly sample: number;
  readonly signal?: AbortSignal;
  /** Images done so far and in total. */
  readonly onProgress?: (done: number, total: number) => void;
}

async function chooseCandidates(
  candidates: Candidates,
  labelled: Features,
  { by, count, seed }: ChoiceRequest,
  yieldToEventLoop: YieldToEventLoop,
): Promise<number[]> {
  switch (by) {
    case 'badge':
      return badge(candidates, count, keyedRandom(seed, 'label-next', 'badge'), yieldToEventLoop);
    case 'margin':
      return smallestMargins(candidates, count);
    case 'coverage':
      return coreSet(candidates.features, labelled, count, yieldToEventLoop);
  }
}

/** Distance of each chosen image to the nearest one that is labelled or was chosen before it. */
async function distancesToLabelledOrChosen(
  chosen: readonly number[],
  features: Features,
  labelled: Features,
  yieldToEventLoop: YieldToEventLoop,
): Promise<number[]> {
  const distances: number[] = [];
  for (const [place, image] of chosen.entries()) {
    await yieldToEventLoop();
    let least = Number.POSITIVE_INFINITY;
    for (let row = 0; row < rowsOf(labelled); row++) {
      least = Math.min(least, squaredDistance(features, image, labelled, row));
    }
    for (let earlier = 0; earlier < place; earlier++) {
      least = Math.min(least, squaredDistance(features, image, features, chosen[earlier]!));
    }
    distances.push(Math.sqrt(least));
  }
  return distances;
}

function drawCandidates({ unlabelled, count, seed, sample }: ChoiceRequest): Uint32Array {
  if (unlabelled.count === 0) {
    throw new DataError(
      'data.unlabelled: received no images, not counting copies of labelled ones, expected some to choose from: set data.unlabelled, or data.labelsPerClass to treat the remaining labelled images as unlabelled',
    );
  }
  const drawn = keyedRandom(seed, 'label-next').permutation(unlabelled.count).subarray(0, sample).sort();
  if (drawn.length >= count) return drawn;
  const limit =
    drawn.length < unlabelled.count ? ', the size of sample' : ', the number of unlabelled images';
  throw new DataError(`count: received ${count}, expected at most ${drawn.length}${limit}`);
}

/**
 * Chooses the unlabelled images that are most useful to label next.
 * @throws DataError when there are no unlabelled images, or fewer candidates than `count`
 * @throws the signal's reason when aborted
 */
export async function chooseImagesToLabel(request: ChoiceRequest): Promise<LabelChoice> {
  const { model, temperature, labelled, unlabelled, classes, by, signal, onProgress } = request;
  const drawn = drawCandidates(request);
  const images = someOf(unlabelled, drawn);
  const total = 2 * images.count + labelled.count;
  const part = (set: ImageSet, before: number) => ({
    model,
    images: set,
    onProgress: (done: number) => onProgress?.(before + done, total),
    signal,
  });
  const yieldToEventLoop = eventLoopYielder(signal, () => onProgress?.(total, total));
  const probabilities = await predict({ ...part(images, 0), temperature });
  const features = await featuresOf(part(images, images.count));
  const labelledFeatures = await featuresOf(part(labelled, 2 * images.count));
  const candidates: Candidates = { probabilities, classes: classes.length, features };
  const picked = await chooseCandidates(candidates, labelledFeatures, request, yieldToEventLoop);
  const distances = await distancesToLabelledOrChosen(picked, features, labelledFeatures, yieldToEventLoop);
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
  return { by, unlabelled: unlabelled.count, candidates: candidateCount(candidates), chosen, byClass };
}
