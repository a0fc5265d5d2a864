import { quantileOf } from '../quantile-of.js';

/** Probabilities below this share of the largest are cut. They are far below the steps of a uniform random number. */
const NEGLIGIBLE = 2 ** -70;

/** A binomial distribution: the number of successes in independent trials. */
export interface Binomial {
  /** @param share uniform in [0, 1), for a sample */
  quantile(share: number): number;
}

/**
 * Tabulates a binomial distribution outwards from its mode, by the recurrence of its probabilities (Kemp 1986, A modal
 * method for generating binomial variables). Takes O(sqrt(trials)) time and memory.
 * @param probability of a success, 0 to 1
 */
export function binomial(trials: number, probability: number): Binomial {
  if (probability === 0 || probability === 1) return { quantile: () => trials * probability };
  const mode = Math.min(trials, Math.floor((trials + 1) * probability));
  const odds = probability / (1 - probability);
  const below: number[] = [];
  for (let k = mode, weight = 1; k > 0; k--) {
    weight *= k / ((trials - k + 1) * odds);
    if (weight < NEGLIGIBLE) break;
    below.push(weight);
  }
  const above: number[] = [];
  for (let k = mode, weight = 1; k < trials; k++) {
    weight *= ((trials - k) / (k + 1)) * odds;
    if (weight < NEGLIGIBLE) break;
    above.push(weight);
  }
  const cumulated = Float64Array.from([...below.reverse(), 1, ...above]);
  for (let at = 1; at < cumulated.length; at++) cumulated[at]! += cumulated[at - 1]!;
  const sum = cumulated.at(-1)!;
  const first = mode - below.length;
  return { quantile: (share) => first + quantileOf(cumulated, share * sum) };
}
