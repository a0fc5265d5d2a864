import { execFileSync } from 'node:child_process';
import type { Result } from '../results.js';
import { secondsOfTrainings } from './figures.js';

/** The origin of the report's figures. */
export interface Provenance {
  readonly scale: 'full' | 'short';
  readonly command: string;
  readonly data: string;
  readonly seeds: number;
  readonly measured: number;
  readonly planned: number;
  /** Total seconds of the trainings. */
  readonly seconds: number;
  readonly machines: readonly string[];
  readonly commits: readonly string[];
  /** The first and the last day of measuring. */
  readonly days: readonly string[];
}

/** Collects machines, commits and days from the results. */
export function madeBy(
  results: readonly Result[],
): Pick<Provenance, 'seconds' | 'machines' | 'commits' | 'days'> {
  const distinct = (of: (result: Result) => string) => [...new Set(results.map(of))].sort();
  const days = distinct(({ measuredAt }) => measuredAt.slice(0, 10));
  return {
    seconds: secondsOfTrainings(results),
    machines: distinct(({ machine }) => machine),
    commits: distinct(({ commit }) => commit),
    days: days.length > 1 ? [days[0]!, days.at(-1)!] : days,
  };
}

/** The checked-out commit, marked if files differ from it. */
export function commitText(folder: string): string {
  const git = (...words: string[]) =>
    execFileSync('git', words, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  try {
    const changed = git('status', '--porcelain', '--untracked-files=no') !== '';
    return `${git('rev-parse', '--short', 'HEAD')}${changed ? ' and changes' : ''}`;
  } catch {
    // Not a checkout, or no git.
    return 'no commit';
  }
}
