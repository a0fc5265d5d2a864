import { deviation, mean } from '../../support/statistics.js';
import type { Result } from '../results.js';

/** Whether a method is better than what it is to be better than, on test. */
export interface Verdict {
  readonly method: string;
  readonly baseline: string;
  readonly outcome: 'beats' | 'within chance' | 'does not beat' | 'not measured';
  /** Differences seed by seed, in the unit of the comparison; larger is better. */
  readonly differences: readonly number[];
  readonly text: string;
}

export interface Comparison {
  readonly method: string;
  readonly baseline: string;
  readonly ours: readonly Result[];
  readonly theirs: readonly Result[];
  /** What is compared, larger is better; test accuracy in points unless given. */
  readonly value?: (result: Result) => number;
  /** How much better ours is, where it says so by itself. */
  readonly difference?: (ours: Result, theirs: Result) => number;
  readonly unit?: string;
  /** Standard error of one difference where there are too few seeds to tell; that of two accuracies unless given. */
  readonly noise?: number;
}

const points = ({ test }: Result) => 100 * test;

/** Of the difference of two accuracies in points, each on as many images: an upper bound, since they are the same images. */
function accuracyNoise(results: readonly Result[]): number {
  const [first] = results;
  const images = Number(first?.more['testImages'] ?? 0);
  if (!first || images === 0) return 0;
  return 100 * Math.sqrt((2 * first.test * (1 - first.test)) / images);
}

/**
 * Compares on the seeds that both have. A method beats its baseline where the mean difference is above twice its standard
 * error; of three seeds or fewer the error is taken from the number of test images too, since so few say little.
 */
export function compare(comparison: Comparison): Verdict {
  const { method, baseline, ours, theirs, value = points, unit = 'points' } = comparison;
  const { difference = (one: Result, other: Result) => value(one) - value(other) } = comparison;
  const differences = ours.flatMap((result) => {
    const other = theirs.find(({ seed }) => seed === result.seed);
    return other ? [difference(result, other)] : [];
  });
  const names = { method, baseline, differences };
  if (differences.length === 0) {
    return { ...names, outcome: 'not measured', text: `${method} against ${baseline}: not measured.` };
  }
  const gain = mean(differences);
  const single = comparison.noise ?? accuracyNoise(theirs);
  const error = Math.max(single, deviation(differences)) / Math.sqrt(differences.length);
  const size = `${signed(gain)}${differences.length > 1 ? ` ± ${deviation(differences).toFixed(2)}` : ''} ${unit}`;
  const seeds = differences.length === 1 ? 'one seed' : `${differences.length} seeds`;
  if (gain <= 0) {
    const text = `${method} **does not beat** ${baseline}: ${size} (${seeds}).`;
    return { ...names, outcome: 'does not beat', text };
  }
  if (gain < 2 * error) {
    const text = `${method} is above ${baseline} by ${size} (${seeds}), **within chance**.`;
    return { ...names, outcome: 'within chance', text };
  }
  return { ...names, outcome: 'beats', text: `${method} beats ${baseline}: ${size} (${seeds}).` };
}

export function signed(value: number, digits = 2): string {
  return `${value > 0 ? '+' : value < 0 ? '−' : ''}${Math.abs(value).toFixed(digits)}`;
}
