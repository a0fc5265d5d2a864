import type { AugmentationConfig } from '../../domain/config/augmentation.js';
import { DataError } from '../../domain/errors.js';
import type { Gap } from '../../domain/methods/gap.js';
import { keyedRandom } from '../../domain/random.js';
import type { StoredModel } from '../../domain/stored-model.js';
import { countByClass, type ImageSet, labelsOf, someOf } from '../datasets/image-set.js';
import { eventLoopYielder } from '../yield-to-event-loop.js';
import { augmentedImages } from './augmented-images.js';
import { classBalance } from './class-balance.js';
import { compareInThread } from './compare-in-thread.js';
import { findLeastCovered } from './find-least-covered.js';
import { imageStatistics } from './image-statistics.js';
import { countModelInputs, runModelOnSets } from './run-model-on-sets.js';
import { statisticGaps } from './statistic-gaps.js';

export interface GapRequest {
  readonly model: StoredModel;
  /** Temperature of the model's probabilities, fitted on validation. */
  readonly temperature: number;
  /** Labelled training images. */
  readonly training: ImageSet;
  readonly validation: ImageSet;
  readonly real: ImageSet;
  /** The configuration field of the real images, for error messages. */
  readonly realField: 'real' | 'data.unlabelled';
  readonly classes: number;
  readonly augmentation: AugmentationConfig;
  readonly seed: number;
  /** Largest number of images per set. */
  readonly sample: number;
  /** k of the coverage. */
  readonly neighbours: number;
  readonly permutations: number;
  /** Largest number of least covered images in the result. */
  readonly shown: number;
  readonly signal?: AbortSignal;
  /** Images done so far and in total; called repeatedly at the total while features are compared. */
  readonly onProgress?: (done: number, total: number) => void;
}

/** Draws at most `sample` images; returns their positions in ascending order. */
function drawSample(images: ImageSet, part: string, { seed, sample }: GapRequest): Uint32Array {
  return keyedRandom(seed, 'gap', part).permutation(images.count).subarray(0, sample).sort();
}

const MORE_REAL = {
  real: 'add more images',
  'data.unlabelled':
    'set data.unlabelled or real, or data.labelsPerClass to treat the remaining labelled images as unlabelled',
} as const;

function expectImages({ training, validation, real, realField }: GapRequest): void {
  if (real.count < 2) {
    throw new DataError(
      `${realField}: received ${real.count} images, not counting copies of labelled ones, expected at least 2 real ones to compare: ${MORE_REAL[realField]}`,
    );
  }
  for (const [name, { count }] of Object.entries({ training, validation })) {
    if (count < 2) {
      throw new DataError(
        `data.labelled: received ${count} images for ${name} without copies, expected at least 2 to compare: add more images`,
      );
    }
  }
}

/**
 * Measures the gap between training and real images: by class, by pixel statistics and in a model's feature space; and
 * the share of it that augmentation closes.
 * @throws DataError naming the field when a set has fewer than two images
 * @throws the signal's reason when aborted
 */
export async function measureGap(request: GapRequest): Promise<Gap> {
  expectImages(request);
  const { classes, augmentation, seed, neighbours, permutations, signal } = request;
  const drawn = {
    training: drawSample(request.training, 'training', request),
    real: drawSample(request.real, 'real', request),
    validation: drawSample(request.validation, 'validation', request),
  };
  const sets = {
    training: someOf(request.training, drawn.training),
    augmented: someOf(augmentedImages(request.training, augmentation, seed), drawn.training),
    validation: someOf(request.validation, drawn.validation),
    real: someOf(request.real, drawn.real),
  };
  const { training, real } = sets;
  const { probabilities, features } = await runModelOnSets(sets, request);

  const yieldToEventLoop = eventLoopYielder(signal, () =>
    request.onProgress?.(countModelInputs(sets), countModelInputs(sets)),
  );
  const { gap, coverage } = await compareInThread(
    { features, neighbours, permutations, seed },
    yieldToEventLoop,
  );
  return {
    labelled: request.training.count,
    training: training.count,
    real: real.count,
    classes: classBalance(countByClass(labelsOf(request.training), classes), probabilities),
    statistics: statisticGaps(
      await imageStatistics(training, yieldToEventLoop),
      await imageStatistics(real, yieldToEventLoop),
    ),
    features: gap,
    leastCovered: findLeastCovered(coverage, probabilities, drawn, request),
  };
}
