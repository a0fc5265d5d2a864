export interface KolmogorovSmirnov {
  /** Largest difference of the two distribution functions, from 0 to 1. */
  readonly statistic: number;
  /** How often two samples of one distribution differ so much, by the limit for many values. */
  readonly pValue: number;
}

/** Terms shrink as exp(-2 k² x²): beyond these none is left, where x is large enough for the sum to be below 1. */
const TERMS = 100;
/** Below it the distribution is 1 to double precision. */
const SURELY = 0.04;

/** Share of Kolmogorov's distribution beyond x: 2 Σ (-1)^(k-1) exp(-2 k² x²). */
export function kolmogorovSurvival(x: number): number {
  if (x < SURELY) return 1;
  // For small x the other form of the same function converges (Marsaglia, Tsang and Wang 2003, eq. 1).
  let sum = 0;
  if (x < 1) {
    for (let k = 1; k <= TERMS; k++) sum += Math.exp(-(((2 * k - 1) * Math.PI) ** 2) / (8 * x * x));
    return 1 - (Math.sqrt(2 * Math.PI) / x) * sum;
  }
  for (let k = TERMS; k >= 1; k--) sum += (k % 2 === 1 ? 1 : -1) * Math.exp(-2 * k * k * x * x);
  return 2 * sum;
}

/**
 * Two-sample Kolmogorov-Smirnov test, two-sided; equal values count as equal.
 * @throws RangeError when a sample is empty
 */
export function kolmogorovSmirnov(one: Float64Array, other: Float64Array): KolmogorovSmirnov {
  if (one.length === 0 || other.length === 0) {
    throw new RangeError(
      `samples: received ${one.length} and ${other.length} values, expected at least 1 each`,
    );
  }
  const a = one.slice().sort();
  const b = other.slice().sort();
  let i = 0;
  let j = 0;
  let statistic = 0;
  while (i < a.length && j < b.length) {
    const value = Math.min(a[i]!, b[j]!);
    while (i < a.length && a[i]! <= value) i++;
    while (j < b.length && b[j]! <= value) j++;
    statistic = Math.max(statistic, Math.abs(i / a.length - j / b.length));
  }
  const size = (a.length * b.length) / (a.length + b.length);
  return { statistic, pValue: kolmogorovSurvival(Math.sqrt(size) * statistic) };
}
