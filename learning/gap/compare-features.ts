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
  /** Coverage of the real images by the training images. */
  readonly coverage: Coverage;
}

/**
 * Measures the distances from the clean and the augmented training images to the real ones, and from the clean ones to
 * validation. Takes minutes for many images with wide features: see compareInThread.
 */
export async function compareFeatures({ features, ...how }: Comparison): Promise<ComparedFeatures> {
  const { training, augmented, validation, real } = features;
  const betweenReal = await sampleDistances(training, real);
  const common = { ...how, bandwidth: medianDistance(betweenReal) };
  const { coverage, ...clean } = featureGap({
    ...common,
    training,
    images: real,
    between: betweenReal,
  });
  const compare = async (pair: Pick<FeatureGapRequest, 'training' | 'images'>): Promise<FeatureGap> => {
    const between = await sampleDistances(pair.training, pair.images);
    const { coverage: _, ...gap } = featureGap({ ...common, ...pair, between });
    return gap;
  };
  const withAugmentation = await compare({ training: augmented, images: real });
  const reference = await compare({ training, images: validation });
  return {
    gap: {
      width: training.width,
      bandwidth: common.bandwidth,
      neighbours: how.neighbours,
      clean,
      augmented: withAugmentation,
      reference,
      closed: closedShares(clean, withAugmentation, reference),
    },
    coverage,
  };
}
