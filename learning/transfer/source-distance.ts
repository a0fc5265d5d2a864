import type { ArtifactStore } from '../../domain/artifact-store.js';
import type { SourceDistance } from '../../domain/methods/transfer.js';
import type { StoredModel } from '../../domain/stored-model.js';
import { type ImageSet, type SplitImages, someOf } from '../datasets/image-set.js';
import { coverage } from '../gap/coverage.js';
import { sampleDistances } from '../gap/sample-distances.js';
import { eventLoopYielder } from '../yield-to-event-loop.js';
import { cachedFeatures } from './cached-features.js';

/** Largest numbers of images: every pair is compared, which takes about a second. */
const MOST = { source: 1000, compared: 500 };
/** The k of Kynkäänniemi et al. 2019. */
const NEIGHBOURS = 3;

export interface SourceDistanceRequest {
  readonly model: StoredModel;
  /** The model's own data set: images that it was trained on, and its validation images. */
  readonly source: Pick<SplitImages, 'labelled' | 'validation'>;
  /** Images of the new data set. */
  readonly images: ImageSet;
  readonly store: ArtifactStore;
  readonly signal?: AbortSignal | undefined;
  /** Called after each batch of images. */
  readonly onProgress?: (() => void) | undefined;
}

/**
 * Measures how far new images are from a model's training images, in its features.
 * @returns undefined when there are too few images
 */
export async function sourceDistance(request: SourceDistanceRequest): Promise<SourceDistance | undefined> {
  const { model, source, images, store, signal, onProgress } = request;
  if (source.labelled.count < 2 || source.validation.count === 0 || images.count === 0) return undefined;
  const featuresIn = (set: ImageSet, most: number) =>
    cachedFeatures({ model, images: evenlySpaced(set, most), store, signal, onProgress });
  const known = await featuresIn(source.labelled, MOST.source);
  const yieldToEventLoop = eventLoopYielder(signal, onProgress);
  const uncovered = async (set: ImageSet) => {
    const between = await sampleDistances(known, await featuresIn(set, MOST.compared), yieldToEventLoop);
    return coverage(between, NEIGHBOURS).uncovered;
  };
  return { beyond: await uncovered(images), ownBeyond: await uncovered(source.validation) };
}

/** Returns at most so many images of a set, evenly spaced. */
function evenlySpaced(images: ImageSet, most: number): ImageSet {
  const count = Math.min(most, images.count);
  return someOf(
    images,
    Array.from({ length: count }, (_, index) => Math.floor((index * images.count) / count)),
  );
}
