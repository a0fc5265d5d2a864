import type { KeyedRandom } from '../../domain/random.js';
import { refuse } from './checks.js';

/** Gamma(shape, 1): Marsaglia and Tsang 2000; below shape 1 by Gamma(shape + 1) * U^(1/shape). */
function drawGamma(random: KeyedRandom, shape: number): number {
  if (shape < 1) return drawGamma(random, shape + 1) * (1 - random.uniform()) ** (1 / shape);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = random.normal();
    const v = (1 + c * x) ** 3;
    if (v > 0 && Math.log(1 - random.uniform()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v;
  }
}

/**
 * Samples Beta(alpha, alpha), in 0..1.
 * @param alpha above 0
 */
export function drawMixture(random: KeyedRandom, alpha: number): number {
  if (!(alpha > 0 && alpha < Number.POSITIVE_INFINITY)) refuse('alpha', alpha, 'a finite number above 0');
  const one = drawGamma(random, alpha);
  const other = drawGamma(random, alpha);
  // Both can underflow for a tiny alpha; then one of the two images is taken.
  return one + other > 0 ? one / (one + other) : Math.round(random.uniform());
}

interface Mixable {
  readonly size: number;
  /** [size, …] uint8, row by row */
  readonly pixels: Uint8Array;
  /** [size, classes] probabilities */
  readonly targets: Float32Array;
  /** Further arrays to mix like the targets, each [size, any width]. */
  readonly alike?: readonly Float32Array[];
}

/**
 * Mixes each row of a batch with another random row, pixels and targets alike, in place (mixup, Zhang et al.
 * 2018): row i becomes share * i + (1 - share) * partner. One share for the batch, as the paper's code has it.
 * @param alpha of Beta(alpha, alpha); above 0
 */
export function mixBatch(
  { size, pixels, targets, alike = [] }: Mixable,
  alpha: number,
  random: KeyedRandom,
): void {
  for (const [name, { length }] of Object.entries({ pixels, targets })) {
    if (length % size !== 0) refuse(`batch.${name}`, length, `a multiple of ${size}`);
  }
  const share = drawMixture(random, alpha);
  const partners = random.permutation(size);
  mixRows(pixels, partners, share);
  for (const rows of [targets, ...alike]) mixRows(rows, partners, share);
}

/** Row i becomes share * i + (1 - share) * its partner, in place. */
export function mixRows(rows: Uint8Array | Float32Array, partners: ArrayLike<number>, share: number): void {
  const length = rows.length / partners.length;
  const before = rows.slice();
  // Assignment to bytes alone would truncate.
  const half = rows instanceof Uint8Array ? 0.5 : 0;
  for (let row = 0; row < partners.length; row++) {
    const from = partners[row]! * length;
    const to = row * length;
    for (let index = 0; index < length; index++) {
      rows[to + index] = share * before[to + index]! + (1 - share) * before[from + index]! + half;
    }
  }
}
