import type {
  Finalist,
  RungRecord,
  SearchPlan,
  SearchProgress,
  TrialResult,
} from '../../domain/methods/search.js';
import type { DatasetRecord } from '../../domain/records.js';

/** How far a search has come. Plain JSON, but for the running ones: what goes on after continue-as-new. */
export interface SearchState {
  readonly dataset: DatasetRecord;
  /** Rungs that are over. */
  records: readonly RungRecord[];
  /** Trials of the rung under way, and what is known of them so far, in the order in which they came. */
  going: readonly number[];
  results: readonly TrialResult[];
  /** Once the last rung is over. */
  finalists: readonly Finalist[];
  /** In training, or waiting for a trainer. */
  running: readonly number[];
}

export function beginning(dataset: DatasetRecord, { texts }: SearchPlan): SearchState {
  const going = texts.map((_, trial) => trial);
  return { dataset, records: [], going, results: [], finalists: [], running: [] };
}

export function progressOf(plan: SearchPlan, { records, results, running }: SearchState): SearchProgress {
  return { ...plan, records, current: results, running };
}
