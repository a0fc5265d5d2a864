/** Smaller probabilities than this are cut: they are below the resolution of a uniform random number. */
const TAIL = 2 ** -40;

/**
 * Cumulative Poisson distribution: P(X <= k) for k = 0, 1, …, up to a negligible tail.
 * @param mean 0 to about 700; above, exp(-mean) underflows
 */
export function poissonDistribution(mean: number): Float64Array {
  const cumulated: number[] = [];
  let probability = Math.exp(-mean);
  let sum = 0;
  for (let count = 0; ; count++) {
    sum += probability;
    cumulated.push(sum);
    // Terms before the mean may be small too, but only those after it are the tail.
    if (count >= mean && probability < TAIL) break;
    probability *= mean / (count + 1);
  }
  return Float64Array.from(cumulated);
}

/**
 * Returns the smallest k with share < P(X <= k). A uniform share gives a sample of the distribution.
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
