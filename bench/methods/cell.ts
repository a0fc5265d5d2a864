import type { Lab } from './lab.js';
import type { Measurement } from './results.js';

/** One measurement: a method of an experiment under one budget of labels, on one seed. */
export interface Cell {
  readonly experiment: string;
  readonly method: string;
  readonly labels?: number | 'all';
  readonly seed: number;
  /** Plain JSON: everything beside the data and the seed that the figures depend on. */
  readonly settings: unknown;
  /** About how long it takes on two cores, in seconds. */
  readonly estimate: number;
  measure(lab: Lab): Promise<Measurement>;
}

/** Names a cell: `budgets/flexmatch/100/seed-1`. */
export function cellName({ experiment, method, labels, seed }: Omit<Cell, 'settings' | 'measure'>): string {
  return [experiment, method, ...(labels === undefined ? [] : [labels]), `seed-${seed}`].join('/');
}

/**
 * Whether a cell is among those asked for: by the beginning of its name in whole words (`budgets`, `budgets/flexmatch`), in
 * which an asterisk stands for any one word.
 */
export function isAmong(name: string, wanted: readonly string[]): boolean {
  const words = name.split('/');
  return wanted.some((pattern) =>
    pattern.split('/').every((word, place) => word === '*' || word === words[place]),
  );
}
