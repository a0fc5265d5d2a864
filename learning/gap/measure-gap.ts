import { setImmediate } from 'node:timers/promises';
import type { AugmentationConfig } from '../../domain/config/augmentation.js';
import { DataError } from '../../domain/errors.js';
import type { FeatureGap, Gap, UncoveredImage } from '../../domain/methods/gap.js';
import { keyedRandom } from '../../domain/random.js';
import type { StoredModel } from '../../domain/stored-model.js';
import { countByClass, type ImageSet, labelsOf, someOf } from '../datasets/image-set.js';
import { joinRows } from '../models/feature-rows.js';
import { type Features, featuresOf } from '../models/features.js';
import type { LookRequest } from '../models/in-batches.js';
import { predict } from '../models/predict.js';
import { augmentedImages } from './augmented-images.js';
import { classBalance } from './class-balance.js';
import type { Coverage } from './coverage.js';
import { type FeatureGapRequest, featureGap } from './feature-gap.js';
import { imageStatistics } from './image-statistics.js';
import { medianDistance } from './mmd.js';
import { statisticGaps } from './statistic-gaps.js';

export interface GapRequest {
  readonly model: StoredModel;
  /** Of its probabilities, fitted on validation. */
  readonly temperature: number;
  /** The images that are trained on, with labels. */
  readonly training: ImageSet;
  readonly validation: ImageSet;
  readonly real: ImageSet;
  readonly classes: number;
  readonly augmentation: AugmentationConfig;
  readonly seed: number;
  /** Images of each set that are looked at, at most. */
  readonly sample: number;
  /** k of the coverage. */
  readonly neighbours: number;
  readonly permutations: number;
  /** Least covered images that are named, at most. */
  readonly shown: number;
  readonly signal?: AbortSignal;
  /** Images looked at, of all; again and again while they are compared. */
  readonly onProgress?: (done: number, total: number) => void;
}

type SetName = 'training' | 'augmented' | 'validation' | 'real';

/** Images drawn by seed, ascending; all where there are no more. */
function drawnOf(images: ImageSet, part: string, { seed, sample }: GapRequest): Uint32Array {
  return keyedRandom(seed, 'gap', part).permutation(images.count).subarray(0, sample).sort();
}

function expectImages({ training, validation, real }: GapRequest): void {
  for (const [name, { count }] of Object.entries({ training, validation, real })) {
    if (count < 2)
      throw new DataError(`gap: received ${count} ${name} images, expected at least 2 to compare`);
  }
}

interface Seen {
  /** [count * classes] of the real images. */
  readonly probabilities: Float32Array;
  readonly features: Readonly<Record<SetName, Features>>;
}

/** What the model sees in all sets, with one progress over them. */
async function lookAtAll(sets: Readonly<Record<SetName, ImageSet>>, request: GapRequest): Promise<Seen> {
  const { model, temperature, signal } = request;
  const total = imagesIn(sets);
  let before = 0;
  const look = async <T>(
    images: ImageSet,
    by: (part: LookRequest & { readonly model: StoredModel }) => Promise<T>,
  ) => {
    const first = before;
    const seen = await by({
      model,
      images,
      first: 0,
      count: images.count,
      onProgress: (done) => request.onProgress?.(first + done, total),
      ...(signal && { signal }),
    });
    before += images.count;
    return seen;
  };
  return {
    probabilities: await look(sets.real, (part) => predict({ ...part, temperature })),
    features: {
      training: await look(sets.training, featuresOf),
      augmented: await look(sets.augmented, featuresOf),
      validation: await look(sets.validation, featuresOf),
      real: await look(sets.real, featuresOf),
    },
  };
}

/** Looks at images: those of all sets, and the real ones twice. */
function imagesIn(sets: Readonly<Record<SetName, ImageSet>>): number {
  return Object.values(sets).reduce((sum, { count }) => sum + count, sets.real.count);
}

function leastCovered(
  { nearest, distances, farness }: Coverage,
  probabilities: Float32Array,
  drawn: { readonly real: Uint32Array; readonly training: Uint32Array },
  { classes, shown }: GapRequest,
): UncoveredImage[] {
  const order = Array.from(farness.keys()).sort(
    (a, b) => farness[b]! - farness[a]! || distances[b]! - distances[a]! || a - b,
  );
  return order.slice(0, shown).map((image) => {
    const own = probabilities.subarray(image * classes, (image + 1) * classes);
    const confidence = own.reduce((most, probability) => Math.max(most, probability));
    return {
      position: drawn.real[image]!,
      nearest: drawn.training[nearest[image]!]!,
      distance: distances[image]!,
      farness: Math.min(farness[image]!, Number.MAX_VALUE),
      guess: own.indexOf(confidence),
      confidence,
    };
  });
}

/** Differences that chance alone makes more often are none. */
const BY_CHANCE = 0.05;

/** Which share of each distance is gone, of what lies above the distance without a gap. */
function closedBy(
  clean: FeatureGap,
  augmented: FeatureGap,
  reference: FeatureGap,
): Gap['features']['closed'] {
  const share = (of: (one: FeatureGap) => number) => {
    const excess = of(clean) - of(reference);
    const isThere = clean.mmdPValue <= BY_CHANCE && excess > 0;
    return isThere ? (of(clean) - of(augmented)) / excess : null;
  };
  return {
    mmd: share(({ mmdSquared }) => mmdSquared),
    frechet: share(({ frechet }) => frechet),
    uncovered: share(({ uncovered }) => uncovered),
  };
}

async function compared(request: FeatureGapRequest): Promise<readonly [FeatureGap, Coverage]> {
  const { coverage, ...gap } = await featureGap(request);
  return [gap, coverage];
}

/**
 * How far the images that are trained on are from the real ones: by class, by statistics of the pixels, and in the
 * feature space of a model; and how much of that distance augmentation takes away.
 * @throws DataError when a set has fewer than two images
 * @throws the signal's reason when aborted
 */
export async function measureGap(request: GapRequest): Promise<Gap> {
  expectImages(request);
  const { classes, augmentation, seed, neighbours, permutations, signal } = request;
  const drawn = {
    training: drawnOf(request.training, 'training', request),
    real: drawnOf(request.real, 'real', request),
    validation: drawnOf(request.validation, 'validation', request),
  };
  const sets = {
    training: someOf(request.training, drawn.training),
    augmented: someOf(augmentedImages(request.training, augmentation, seed), drawn.training),
    validation: someOf(request.validation, drawn.validation),
    real: someOf(request.real, drawn.real),
  };
  const { training, real } = sets;
  const { probabilities, features } = await lookAtAll(sets, request);

  const breathe = async () => {
    await setImmediate();
    signal?.throwIfAborted();
    request.onProgress?.(imagesIn(sets), imagesIn(sets));
  };
  const bandwidth = medianDistance(joinRows(features.training, features.real));
  const common = { bandwidth, neighbours, permutations, seed, breathe };
  const toReal = { ...common, images: features.real };
  const [clean, covered] = await compared({ ...toReal, training: features.training });
  const [withNoise] = await compared({ ...toReal, training: features.augmented });
  const [reference] = await compared({
    ...common,
    training: features.training,
    images: features.validation,
  });
  await breathe();
  return {
    labelled: request.training.count,
    training: training.count,
    real: real.count,
    classes: classBalance(countByClass(labelsOf(request.training), classes), probabilities),
    statistics: statisticGaps(imageStatistics(training), imageStatistics(real)),
    features: {
      width: features.training.width,
      bandwidth,
      neighbours,
      clean,
      augmented: withNoise,
      reference,
      closed: closedBy(clean, withNoise, reference),
    },
    leastCovered: leastCovered(covered, probabilities, drawn, request),
  };
}
