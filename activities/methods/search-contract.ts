import type { SearchConfig } from '../../domain/config/methods/search.js';
import type { TrainingSpec } from '../../domain/config/training.js';
import type {
  ClosedRung,
  Finalist,
  SearchPlan,
  SearchReport,
  TrialResult,
} from '../../domain/methods/search.js';
import type { DatasetRecord, Evaluation } from '../../domain/records.js';
import type { StepInput } from '../contract.js';

export interface PlanSearchInput extends StepInput<SearchConfig> {
  readonly dataset: DatasetRecord;
}

export interface TrialStepInput extends StepInput<SearchConfig> {
  readonly trial: number;
}

export interface CloseRungInput extends StepInput<SearchConfig> {
  readonly rung: number;
  readonly results: readonly TrialResult[];
}

export type MeasuredFinalist = Finalist & { readonly test?: Evaluation };

export interface ConcludeSearchInput extends StepInput<SearchConfig> {
  readonly dataset: DatasetRecord;
  readonly best: MeasuredFinalist;
  /** Absent where it is the best itself, or has failed. */
  readonly base?: MeasuredFinalist;
}

/** What a search asks of the orchestrators. */
export interface SearchActivities {
  /** Draws the policies of all trials, looks whether they suit the pictures, and stores them. */
  planSearch(input: PlanSearchInput): Promise<SearchPlan>;
  /** The search's training with the trial's policy. */
  trainingOfTrial(input: TrialStepInput): Promise<TrainingSpec>;
  /** Ranks a rung's trials, records it, and removes the models and checkpoints of those that are out. */
  closeRung(input: CloseRungInput): Promise<ClosedRung>;
  /** Compares the best with the base and writes its policy as a file. */
  concludeSearch(input: ConcludeSearchInput): Promise<SearchFinding>;
}

/** What a search's report has of its own. */
export type SearchFinding = Pick<
  SearchReport,
  'summary' | 'rungs' | 'steps' | 'trials' | 'best' | 'verdict' | 'test' | 'policiesKey' | 'bestKey'
>;
