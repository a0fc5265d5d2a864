import type { Lab } from './lab.js';
import type { Measurement } from './results.js';

/** One measurement: a method of an experiment with one label budget and one seed. */
export interface Cell {
  readonly experiment: string;
  readonly method: string;
  readonly labels?: number | 'all';
  readonly seed: number;
  /** Plain JSON: everything that the figures depend on, besides data and seed. */
  readonly settings: unknown;
  /** Estimated seconds on two cores. */
  readonly estimate: number;
  measure(lab: Lab): Promise<Measurement>;
}

/** Names a cell: `budgets/flexmatch/100/seed-1`. */
export function cellName({ experiment, method, labels, seed }: Omit<Cell, 'settings' | 'measure'>): string {
  return [experiment, method, ...(labels === undefined ? [] : [labels]), `seed-${seed}`].join('/');
}

/**
 * Whether a cell's name matches one of the patterns. A pattern is a prefix in whole segments (`budgets`,
 * `budgets/flexmatch`); an asterisk stands for any segment.
 */
export function matchesAny(name: string, wanted: readonly string[]): boolean {
  const words = name.split('/');
  return wanted.some((pattern) =>
    pattern.split('/').every((word, place) => word === '*' || word === words[place]),
  );
}
