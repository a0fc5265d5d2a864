import type { FeatureGap } from '../../domain/methods/gap.js';
import { type KeyedRandom, keyedRandom } from '../../domain/random.js';
import { joinRows, pickRows, rowsOf } from '../models/feature-rows.js';
import type { Features } from '../models/features.js';
import { type Coverage, measureCoverage } from './coverage.js';
import { frechetDistance } from './frechet.js';
import { mmd } from './mmd.js';
import type { SampleDistances } from './sample-distances.js';

export interface FeatureGapRequest {
  readonly training: Features;
  readonly images: Features;
  /** Distances of `training` (first) and `images` (second). */
  readonly between: SampleDistances;
  readonly bandwidth: number;
  readonly neighbours: number;
  readonly permutations: number;
  readonly seed: number;
}

const SHUFFLES = 3;

/** Returns the mean Fréchet distance between random splits of the same rows into samples of the same sizes. */
function frechetByChance(one: Features, other: Features, random: KeyedRandom): number {
  const all = joinRows(one, other);
  let sum = 0;
  for (let shuffle = 0; shuffle < SHUFFLES; shuffle++) {
    const order = random.fork(shuffle).permutation(rowsOf(all));
    sum += frechetDistance(
      pickRows(all, order.subarray(0, rowsOf(one))),
      pickRows(all, order.subarray(rowsOf(one))),
    );
  }
  return sum / SHUFFLES;
}

/** Measures the distance of images from the training images by MMD, Fréchet distance and coverage. */
export function featureGap(request: FeatureGapRequest): FeatureGap & { readonly coverage: Coverage } {
  const { training, images, between, bandwidth, neighbours, permutations, seed } = request;
  const random = keyedRandom(seed, 'gap', 'permutations');
  const { squared, pValue } = mmd({ between, bandwidth, permutations, random });
  const coverage = measureCoverage(between, neighbours);
  return {
    images: rowsOf(images),
    mmdSquared: squared,
    mmdPValue: pValue,
    frechet: frechetDistance(training, images),
    frechetByChance: frechetByChance(training, images, keyedRandom(seed, 'gap', 'deals')),
    uncovered: coverage.uncovered,
    coverage,
  };
}
