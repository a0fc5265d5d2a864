import type { FeatureGap, Gap } from '../../domain/methods/gap.js';
import { closedShares } from './closed-shares.js';
import type { Coverage } from './coverage.js';
import { type FeatureGapRequest, featureGap } from './feature-gap.js';
import { medianDistance } from './mmd.js';
import type { ModelOutputs } from './run-model-on-sets.js';
import { sampleDistances } from './sample-distances.js';

export interface Comparison extends Pick<FeatureGapRequest, 'neighbours' | 'permutations' | 'seed'> {
  readonly features: ModelOutputs['features'];
}

export interface ComparedFeatures {
  readonly gap: Gap['features'];
  /** Of the real images, by the training images. */
  readonly covered: Coverage;
}

/**
 * How far the real images are from the training images, as they are and augmented, and how far those of validation
 * are. Of many images with wide features it takes minutes: see compareInThread.
 */
export async function compareFeatures({ features, ...how }: Comparison): Promise<ComparedFeatures> {
  const { training, augmented, validation, real } = features;
  const betweenReal = await sampleDistances(training, real);
  const common = { ...how, bandwidth: medianDistance(betweenReal) };
  const { coverage: covered, ...clean } = featureGap({
    ...common,
    training,
    images: real,
    between: betweenReal,
  });
  const ofPair = async (pair: Pick<FeatureGapRequest, 'training' | 'images'>): Promise<FeatureGap> => {
    const between = await sampleDistances(pair.training, pair.images);
    const { coverage: _, ...gap } = featureGap({ ...common, ...pair, between });
    return gap;
  };
  const withNoise = await ofPair({ training: augmented, images: real });
  const reference = await ofPair({ training, images: validation });
  return {
    gap: {
      width: training.width,
      bandwidth: common.bandwidth,
      neighbours: how.neighbours,
      clean,
      augmented: withNoise,
      reference,
      closed: closedShares(clean, withNoise, reference),
    },
    covered,
  };
}
