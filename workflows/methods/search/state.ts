import type {
  Finalist,
  RungRecord,
  SearchPlan,
  SearchProgress,
  TrialResult,
} from '../../../domain/methods/search.js';

/** The state of a search; plain JSON, passed on by continue-as-new. */
export interface SearchState {
  /** Closed rungs. */
  records: readonly RungRecord[];
  /** Trials of the open rung, and their results so far in order of arrival. */
  trials: readonly number[];
  results: readonly TrialResult[];
  /** Set when the last rung is closed. */
  finalists: readonly Finalist[];
  /** Trials that train or wait for a trainer. */
  running: readonly number[];
}

export function initialState({ texts }: SearchPlan): SearchState {
  const trials = texts.map((_, trial) => trial);
  return { records: [], trials, results: [], finalists: [], running: [] };
}

export function progressOf(plan: SearchPlan, { records, results, running }: SearchState): SearchProgress {
  return { ...plan, records, current: results, running };
}
