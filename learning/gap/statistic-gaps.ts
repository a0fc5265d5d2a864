import type { Moments, StatisticGap } from '../../domain/methods/gap.js';
import { type ImageStatistics, STATISTICS, type StatisticName } from './image-statistics.js';
import { kolmogorovSmirnov } from './kolmogorov-smirnov.js';

const BINS = 40;

function momentsOf(values: Float64Array): Moments {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, deviation: Math.sqrt(squares / values.length) };
}

/** Shares of the values in bins of equal width; the last bin has its end, too. */
export function histogram(values: Float64Array, from: number, to: number, bins = BINS): number[] {
  const shares = new Array<number>(bins).fill(0);
  for (const value of values) {
    const bin = to > from ? Math.floor(((value - from) / (to - from)) * bins) : 0;
    shares[Math.min(bins - 1, bin)]! += 1 / values.length;
  }
  return shares;
}

/** How the statistics of training and real images differ; those that both have. */
export function statisticGaps(training: ImageStatistics, real: ImageStatistics): StatisticGap[] {
  return (Object.keys(STATISTICS) as StatisticName[]).flatMap((name) => {
    const [one, other] = [training[name], real[name]];
    if (!one || !other) return [];
    const from = Math.min(...[one, other].map((values) => values.reduce((a, b) => Math.min(a, b))));
    const to = Math.max(...[one, other].map((values) => values.reduce((a, b) => Math.max(a, b))));
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
