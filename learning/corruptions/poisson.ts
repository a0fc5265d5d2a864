/** No table goes on past this: what is left of the distribution is less than a uniform number can tell. */
const TAIL = 2 ** -40;

/**
 * P(X <= k) of Poisson's distribution for k = 0, 1, … until next to nothing is left.
 * @param mean from 0 to about 700, where exp(-mean) is still a number
 */
export function poissonDistribution(mean: number): Float64Array {
  const cumulated: number[] = [];
  let probability = Math.exp(-mean);
  let sum = 0;
  for (let count = 0; ; count++) {
    sum += probability;
    cumulated.push(sum);
    // Past the mean, the terms fall faster than by half soon; before it they may be small without being the tail.
    if (count >= mean && probability < TAIL) break;
    probability *= mean / (count + 1);
  }
  return Float64Array.from(cumulated);
}

/**
 * The least k with share < P(X <= k): of a uniform share, a draw of the distribution.
 * @param share in [0, 1)
 */
export function poissonQuantile(distribution: Float64Array, share: number): number {
  let least = 0;
  let most = distribution.length - 1;
  while (least < most) {
    const middle = (least + most) >> 1;
    if (distribution[middle]! > share) most = middle;
    else least = middle + 1;
  }
  return least;
}
