import { keyedRandom } from '../../domain/random.js';
import { binomial } from './binomial.js';

/** Counts of the paired differences by value: -1, 0 and 1. */
export interface DifferenceCounts {
  readonly losses: number;
  readonly ties: number;
  readonly gains: number;
}

interface Bootstrap {
  readonly resamples: number;
  /** Of the two-sided interval. */
  readonly confidence: number;
  readonly seed: number;
}

/**
 * Percentile bootstrap interval of the mean of paired differences (Efron 1979).
 *
 * Instead of n differences, a resample draws how many of each value it has: the counts are multinomial. The number of
 * differences other than 0 is binomial, and so is the number of gains among those. This takes O(sqrt(n)) for each
 * distinct number, where n draws for each resample would block the process for seconds.
 */
export function bootstrapInterval(
  { losses, ties, gains }: DifferenceCounts,
  { resamples, confidence, seed }: Bootstrap,
): [number, number] {
  const random = keyedRandom(seed, 'bootstrap');
  const images = losses + ties + gains;
  const differing = binomial(images, (losses + gains) / images);
  const changed = Int32Array.from({ length: resamples }, () => differing.quantile(random.uniform())).sort();
  let gained = binomial(0, 0);
  const means = Float64Array.from(changed, (count, at) => {
    // Sorted: equal counts share a table.
    if (count !== changed[at - 1]) gained = binomial(count, count === 0 ? 0 : gains / (losses + gains));
    return (2 * gained.quantile(random.uniform()) - count) / images;
  }).sort();
  const tail = (1 - confidence) / 2;
  const at = (share: number) =>
    means[Math.min(means.length - 1, Math.max(0, Math.round(share * (means.length - 1))))]!;
  return [at(tail), at(1 - tail)];
}
