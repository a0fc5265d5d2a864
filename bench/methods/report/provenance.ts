import { execFileSync } from 'node:child_process';
import type { Result } from '../results.js';
import { secondsOfTrainings } from './figures.js';

/** What the report says of where its figures come from. */
export interface Provenance {
  readonly scale: 'full' | 'short';
  readonly command: string;
  readonly data: string;
  readonly seeds: number;
  readonly measured: number;
  readonly planned: number;
  /** Inside trainings. */
  readonly seconds: number;
  readonly machines: readonly string[];
  readonly commits: readonly string[];
  /** The first and the last day of measuring. */
  readonly days: readonly string[];
}

/** What results say of their own making: several machines and days where they were measured in parts. */
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

/** The commit that is checked out, and whether files differ from it. */
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
