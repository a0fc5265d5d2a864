import { deviation, mean } from '../../support/statistics.js';
import type { Result } from '../results.js';

export const NOT_MEASURED = '·';

/** Mean and standard deviation as text, or a dot without values. */
export function spreadText(values: readonly number[], digits = 2): string {
  if (values.length === 0) return NOT_MEASURED;
  const middle = mean(values).toFixed(digits);
  return values.length === 1 ? middle : `${middle} ± ${deviation(values).toFixed(digits)}`;
}

/** Test accuracy in percent over the seeds. */
export function testText(results: readonly Result[]): string {
  return spreadText(results.map(({ test }) => 100 * test));
}

/** Validation accuracy in percent over the seeds. */
export function validationText(results: readonly Result[]): string {
  return spreadText(results.map(({ validation }) => 100 * validation));
}

/** Test accuracy in percent as a point of a plot. */
export function pointAt(x: number, results: readonly Result[]) {
  const values = results.map(({ test }) => 100 * test);
  return values.length === 0 ? [] : [{ x, mean: mean(values), deviation: deviation(values) }];
}

/** An additional figure of each result that has it. */
export function moreOf(results: readonly Result[], name: string): number[] {
  return results.map(({ more }) => more[name]).filter((value) => typeof value === 'number');
}

/** The candidate with the highest mean validation accuracy. */
export function bestOnValidation<T extends { readonly results: readonly Result[] }>(
  candidates: readonly T[],
): T | undefined {
  const validation = ({ results }: T) => mean(results.map((result) => result.validation));
  return candidates
    .filter(({ results }) => results.length > 0)
    .reduce<T | undefined>(
      (best, one) => (best && validation(best) >= validation(one) ? best : one),
      undefined,
    );
}

/** Mean test accuracy in percent. */
export function meanTest(results: readonly Result[]): number {
  return 100 * mean(results.map(({ test }) => test));
}

/** Formats seconds. */
export function timeText(seconds: number): string {
  if (seconds < 100) return `${seconds.toFixed(0)} s`;
  return seconds < 6000 ? `${(seconds / 60).toFixed(1)} min` : `${(seconds / 3600).toFixed(1)} h`;
}

/** Total seconds of the trainings; a model that several experiments share counts once. */
export function secondsOfTrainings(results: readonly Result[]): number {
  const byModel = new Map(results.map(({ cell, seconds, more }) => [more['model'] ?? cell, seconds]));
  return [...byModel.values()].reduce((sum, seconds) => sum + seconds, 0);
}
