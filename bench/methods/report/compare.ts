import { deviation, mean } from '../../support/statistics.js';
import type { Result } from '../results.js';

/** Whether a method beats its baseline on test. */
export interface Verdict {
  readonly method: string;
  readonly baseline: string;
  readonly outcome: 'beats' | 'within chance' | 'does not beat' | 'not measured';
  /** Differences by seed, in `unit`; larger is better. */
  readonly differences: readonly number[];
  readonly unit: string;
  /** Whether the mean difference is below twice its standard error. */
  readonly isSmall: boolean;
}

export interface Comparison {
  readonly method: string;
  readonly baseline: string;
  readonly ours: readonly Result[];
  readonly theirs: readonly Result[];
  /** The compared value, larger is better; test accuracy in points by default. */
  readonly value?: (result: Result) => number;
  /** The difference of two results; by default the difference of their values. */
  readonly difference?: (ours: Result, theirs: Result) => number;
  readonly unit?: string;
  /** Standard error due to the number of test images, which more seeds don't reduce; by default that of two accuracies. */
  readonly noise?: number;
}

const points = ({ test }: Result) => 100 * test;

/** Standard error of the difference of two accuracies in points. An upper bound, since both have the same images. */
function accuracyNoise(results: readonly Result[]): number {
  const [first] = results;
  const images = Number(first?.more['testImages'] ?? 0);
  if (!first || images === 0) return 0;
  return 100 * Math.sqrt((2 * first.test * (1 - first.test)) / images);
}

/**
 * Compares results on common seeds. A method beats its baseline if the mean difference exceeds twice its standard error,
 * the larger one of the seeds' and the test images'.
 */
export function compare(comparison: Comparison): Verdict {
  const { method, baseline, ours, theirs, value = points, unit = 'points' } = comparison;
  const { difference = (one: Result, other: Result) => value(one) - value(other) } = comparison;
  const differences = ours.flatMap((result) => {
    const other = theirs.find(({ seed }) => seed === result.seed);
    return other ? [difference(result, other)] : [];
  });
  const verdict = { method, baseline, differences, unit };
  if (differences.length === 0) return { ...verdict, outcome: 'not measured', isSmall: true };
  const gain = mean(differences);
  const single = comparison.noise ?? accuracyNoise(theirs);
  const error = Math.max(single, deviation(differences) / Math.sqrt(differences.length));
  const isSmall = Math.abs(gain) < 2 * error;
  if (gain <= 0) return { ...verdict, outcome: 'does not beat', isSmall };
  return { ...verdict, outcome: isSmall ? 'within chance' : 'beats', isSmall };
}

/** A difference with its sign. */
export function signed(value: number, digits = 2): string {
  const sign = value > 0 ? '+' : value < 0 ? '−' : '';
  return `${sign}${Math.abs(value).toFixed(digits)}`;
}

/** The mean difference and its deviation over the seeds. */
export function differenceText({ differences, unit }: Verdict): string {
  const spread = differences.length > 1 ? ` ± ${deviation(differences).toFixed(2)}` : '';
  return `${signed(mean(differences))}${spread} ${unit}`;
}
