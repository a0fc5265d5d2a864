export interface KolmogorovSmirnov {
  /** Largest difference of the two empirical distribution functions, from 0 to 1. */
  readonly statistic: number;
  /** Asymptotic p-value. */
  readonly pValue: number;
}

/** Terms of the series; they shrink as exp(-2 k² x²), so further ones are 0 to double precision. */
const TERMS = 100;
/** Below this x the survival function is 1 to double precision. */
const SMALLEST_X = 0.04;

/** Survival function of Kolmogorov's distribution: 2 Σ (-1)^(k-1) exp(-2 k² x²). */
export function kolmogorovSurvival(x: number): number {
  if (x < SMALLEST_X) return 1;
  // For small x an equivalent series converges faster (Marsaglia, Tsang and Wang 2003, eq. 1).
  let sum = 0;
  if (x < 1) {
    for (let k = 1; k <= TERMS; k++) sum += Math.exp(-(((2 * k - 1) * Math.PI) ** 2) / (8 * x * x));
    return 1 - (Math.sqrt(2 * Math.PI) / x) * sum;
  }
  for (let k = TERMS; k >= 1; k--) sum += (k % 2 === 1 ? 1 : -1) * Math.exp(-2 * k * k * x * x);
  return 2 * sum;
}

/**
 * Two-sided two-sample Kolmogorov-Smirnov test; handles ties.
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
