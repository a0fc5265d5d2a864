import type { FeatureGap } from '../../domain/methods/gap.js';
import { type KeyedRandom, keyedRandom } from '../../domain/random.js';
import { joinRows, pickRows, rowsOf } from '../models/feature-rows.js';
import type { Features } from '../models/features.js';
import { type Coverage, coverage } from './coverage.js';
import { frechetDistance } from './frechet.js';
import { mmd } from './mmd.js';

export interface FeatureGapRequest {
  readonly training: Features;
  readonly images: Features;
  readonly bandwidth: number;
  readonly neighbours: number;
  readonly permutations: number;
  readonly seed: number;
  /** Awaited now and then; what it throws ends it. */
  readonly breathe?: () => Promise<void>;
}

const DEALS = 3;

/** The mean Fréchet distance of the same rows, dealt out at random to samples of the same sizes. */
async function frechetByChance(
  one: Features,
  other: Features,
  random: KeyedRandom,
  breathe: () => Promise<void>,
): Promise<number> {
  const all = joinRows(one, other);
  let sum = 0;
  for (let deal = 0; deal < DEALS; deal++) {
    await breathe();
    const order = random.fork(deal).permutation(rowsOf(all));
    sum += frechetDistance(
      pickRows(all, order.subarray(0, rowsOf(one))),
      pickRows(all, order.subarray(rowsOf(one))),
    );
  }
  return sum / DEALS;
}

/** How far images are from the training images, in every way. */
export async function featureGap(
  request: FeatureGapRequest,
): Promise<FeatureGap & { readonly coverage: Coverage }> {
  const { training, images, bandwidth, neighbours, permutations, seed } = request;
  const { breathe = async () => undefined } = request;
  const { squared, pValue } = await mmd({
    one: training,
    other: images,
    bandwidth,
    permutations,
    random: keyedRandom(seed, 'gap', 'permutations'),
    onPermutation: breathe,
  });
  await breathe();
  const covered = coverage(training, images, neighbours);
  await breathe();
  const frechet = frechetDistance(training, images);
  const random = keyedRandom(seed, 'gap', 'deals');
  return {
    images: rowsOf(images),
    mmdSquared: squared,
    mmdPValue: pValue,
    frechet,
    frechetByChance: await frechetByChance(training, images, random, breathe),
    uncovered: covered.uncovered,
    coverage: covered,
  };
}
