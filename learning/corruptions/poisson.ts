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
