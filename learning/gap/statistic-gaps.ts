import type { Moments, StatisticGap } from '../../domain/methods/gap.js';
import { type ImageStatistics, STATISTICS, type StatisticName } from './image-statistics.js';
import { kolmogorovSmirnov } from './kolmogorov-smirnov.js';

const BINS = 40;

function momentsOf(values: Float64Array): Moments {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, deviation: Math.sqrt(squares / values.length) };
}

/** Shares of the values in equal-width bins; the outer bins include values beyond the range. */
export function histogram(values: Float64Array, from: number, to: number, bins = BINS): number[] {
  const shares = new Array<number>(bins).fill(0);
  for (const value of values) {
    const bin = to > from ? Math.floor(((value - from) / (to - from)) * bins) : 0;
    shares[Math.min(bins - 1, Math.max(0, bin))]! += 1 / values.length;
  }
  return shares;
}

/** Share of the values cut off at either end of the range, so that outliers don't flatten the histogram. */
const TAIL = 0.005;

function rangeOf(one: Float64Array, other: Float64Array): readonly [from: number, to: number] {
  const all = Float64Array.of(...one, ...other).sort();
  const beyond = Math.floor(all.length * TAIL);
  return [all[beyond]!, all[all.length - 1 - beyond]!];
}

/** Compares the statistics that training and real images have in common. */
export function statisticGaps(training: ImageStatistics, real: ImageStatistics): StatisticGap[] {
  return (Object.keys(STATISTICS) as StatisticName[]).flatMap((name) => {
    const [one, other] = [training[name], real[name]];
    if (!one || !other) return [];
    const [from, to] = rangeOf(one, other);
    return [
      {
        name,
        meaning: STATISTICS[name],
        training: momentsOf(one),
        real: momentsOf(other),
        ...kolmogorovSmirnov(one, other),
        histogram: {
          from,
          to,
          training: histogram(one, from, to),
          real: histogram(other, from, to),
        },
      },
    ];
  });
}
