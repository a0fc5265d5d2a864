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
  /** Of these two. */
  readonly between: SampleDistances;
  readonly bandwidth: number;
  readonly neighbours: number;
  readonly permutations: number;
  readonly seed: number;
}

const DEALS = 3;

/** The mean Fréchet distance of the same rows, dealt out at random to samples of the same sizes. */
function frechetByChance(one: Features, other: Features, random: KeyedRandom): number {
  const all = joinRows(one, other);
  let sum = 0;
  for (let deal = 0; deal < DEALS; deal++) {
    const order = random.fork(deal).permutation(rowsOf(all));
    sum += frechetDistance(
      pickRows(all, order.subarray(0, rowsOf(one))),
      pickRows(all, order.subarray(rowsOf(one))),
    );
  }
  return sum / DEALS;
}

/** How far images are from the training images, in every way. */
export function featureGap(request: FeatureGapRequest): FeatureGap & { readonly coverage: Coverage } {
  const { training, images, between, bandwidth, neighbours, permutations, seed } = request;
  const random = keyedRandom(seed, 'gap', 'permutations');
  const { squared, pValue } = mmd({ between, bandwidth, permutations, random });
  const covered = measureCoverage(between, neighbours);
  return {
    images: rowsOf(images),
    mmdSquared: squared,
    mmdPValue: pValue,
    frechet: frechetDistance(training, images),
    frechetByChance: frechetByChance(training, images, keyedRandom(seed, 'gap', 'deals')),
    uncovered: covered.uncovered,
    coverage: covered,
  };
}
