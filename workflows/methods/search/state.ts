import type {
  Finalist,
  RungRecord,
  SearchPlan,
  SearchProgress,
  TrialResult,
} from '../../../domain/methods/search.js';

/** How far a search is; plain JSON, which continue-as-new passes on. */
export interface SearchState {
  /** Closed rungs. */
  records: readonly RungRecord[];
  /** Trials of the open rung, and their results so far, in the order in which they came. */
  going: readonly number[];
  results: readonly TrialResult[];
  /** Set when the last rung is closed. */
  finalists: readonly Finalist[];
  /** In training, or waiting for a trainer. */
  running: readonly number[];
}

export function initialState({ texts }: SearchPlan): SearchState {
  const going = texts.map((_, trial) => trial);
  return { records: [], going, results: [], finalists: [], running: [] };
}

export function progressOf(plan: SearchPlan, { records, results, running }: SearchState): SearchProgress {
  return { ...plan, records, current: results, running };
}
