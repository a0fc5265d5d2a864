import type { ArtifactStore } from '../../domain/artifact-store.js';
import type { SourceDistance } from '../../domain/methods/transfer.js';
import type { StoredModel } from '../../domain/stored-model.js';
import { type ImageSet, type SplitImages, someOf } from '../datasets/image-set.js';
import { measureCoverage } from '../gap/coverage.js';
import { sampleDistances } from '../gap/sample-distances.js';
import { eventLoopYielder } from '../yield-to-event-loop.js';
import { cachedFeatures } from './cached-features.js';

/** Every pair of images is compared: enough to see how they lie, few enough to take a second. */
const MOST = { source: 1000, compared: 500 };
/** As Kynkäänniemi et al. 2019 take it. */
const NEIGHBOURS = 3;

export interface SourceDistanceRequest {
  readonly model: StoredModel;
  /** Images that the model was trained on, and such as it wasn't. */
  readonly source: Pick<SplitImages, 'labelled' | 'validation'>;
  /** Images of the new data set. */
  readonly images: ImageSet;
  readonly store: ArtifactStore;
  readonly signal?: AbortSignal | undefined;
  /** Called as images are looked at. */
  readonly onProgress?: (() => void) | undefined;
}

/**
 * How far new images are, in a model's features, from those that it was trained on.
 * @returns undefined where there are too few to tell
 */
export async function sourceDistance(request: SourceDistanceRequest): Promise<SourceDistance | undefined> {
  const { model, source, images, store, signal, onProgress } = request;
  if (source.labelled.count < 2 || source.validation.count === 0 || images.count === 0) return undefined;
  const seen = (set: ImageSet, most: number) =>
    cachedFeatures({ model, images: spread(set, most), store, signal, onProgress });
  const known = await seen(source.labelled, MOST.source);
  const breathe = eventLoopYielder(signal, onProgress);
  const uncovered = async (set: ImageSet) => {
    const between = await sampleDistances(known, await seen(set, MOST.compared), breathe);
    return measureCoverage(between, NEIGHBOURS).uncovered;
  };
  return { beyond: await uncovered(images), ownBeyond: await uncovered(source.validation) };
}

/** At most so many images of a set, evenly spread over it. */
function spread(images: ImageSet, most: number): ImageSet {
  const count = Math.min(most, images.count);
  return someOf(
    images,
    Array.from({ length: count }, (_, place) => Math.floor((place * images.count) / count)),
  );
}
