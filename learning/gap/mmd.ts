import type { KeyedRandom } from '../../domain/random.js';
import type { SampleDistances } from './sample-distances.js';

export interface Mmd {
  /** Unbiased estimate of MMD², which may be negative if the samples don't differ. */
  readonly squared: number;
  /** p-value of the permutation test; at least 1 / (1 + permutations). */
  readonly pValue: number;
}

export interface MmdRequest {
  readonly between: SampleDistances;
  /** Standard deviation of the kernel exp(-d² / (2 bandwidth²)). */
  readonly bandwidth: number;
  readonly permutations: number;
  readonly random: KeyedRandom;
}

/**
 * Returns the median distance between different rows, a heuristic for the bandwidth (Gretton et al. 2012, section 8);
 * 1 if the median is 0.
 */
export function medianDistance({ squared, first, second }: SampleDistances): number {
  const rows = first + second;
  const pairs = new Float64Array((rows * (rows - 1)) / 2);
  let pair = 0;
  for (let row = 0; row < rows; row++) {
    for (let column = row + 1; column < rows; column++) pairs[pair++] = squared[row * rows + column]!;
  }
  pairs.sort();
  const middle = pairs.length >> 1;
  const median =
    pairs.length % 2 === 1
      ? Math.sqrt(pairs[middle]!)
      : (Math.sqrt(pairs[middle - 1]!) + Math.sqrt(pairs[middle]!)) / 2;
  return median > 0 ? median : 1;
}

/** The kernel matrix with a zero diagonal. */
function kernelOf({ squared, first, second }: SampleDistances, bandwidth: number): Float64Array {
  const rows = first + second;
  const kernel = squared.map((distance) => Math.exp(-distance / (2 * bandwidth * bandwidth)));
  for (let row = 0; row < rows; row++) kernel[row * (rows + 1)] = 0;
  return kernel;
}

/** Unbiased MMD² of the `first` rows against all others (Gretton et al. 2012, eq. 3). */
function estimate(kernel: Float64Array, first: Uint32Array, rows: number, all: number): number {
  const isFirst = new Uint8Array(rows);
  for (const row of first) isFirst[row] = 1;
  let within = 0;
  let across = 0;
  for (const row of first) {
    const start = row * rows;
    for (let column = 0; column < rows; column++) {
      if (isFirst[column]) within += kernel[start + column]!;
      else across += kernel[start + column]!;
    }
  }
  const m = first.length;
  const n = rows - m;
  const beyond = all - within - 2 * across;
  return within / (m * (m - 1)) + beyond / (n * (n - 1)) - (2 * across) / (m * n);
}

/**
 * Maximum mean discrepancy of two samples with a Gaussian kernel, and its permutation test (Gretton et al. 2012).
 * @throws RangeError when a sample has fewer than two rows
 */
export function mmd({ between, bandwidth, permutations, random }: MmdRequest): Mmd {
  const { first: m, second: n } = between;
  if (m < 2 || n < 2) throw new RangeError(`samples: received ${m} and ${n} rows, expected at least 2 each`);
  const kernel = kernelOf(between, bandwidth);
  let all = 0;
  for (const value of kernel) all += value;
  const squared = estimate(
    kernel,
    Uint32Array.from({ length: m }, (_, row) => row),
    m + n,
    all,
  );
  let asLarge = 0;
  for (let drawn = 0; drawn < permutations; drawn++) {
    const first = random
      .fork(drawn)
      .permutation(m + n)
      .subarray(0, m);
    if (estimate(kernel, first, m + n, all) >= squared) asLarge++;
  }
  return { squared, pValue: (1 + asLarge) / (1 + permutations) };
}
