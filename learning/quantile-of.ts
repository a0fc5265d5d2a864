/**
 * Returns the smallest k with share < cumulated[k]. A uniform share gives a sample of the discrete distribution
 * (inversion).
 * @param cumulated P(X <= k) for k = 0, 1, …
 * @param share in [0, 1)
 */
export function quantileOf(cumulated: Float64Array, share: number): number {
  let least = 0;
  let most = cumulated.length - 1;
  while (least < most) {
    const middle = (least + most) >> 1;
    if (cumulated[middle]! > share) most = middle;
    else least = middle + 1;
  }
  return least;
}
