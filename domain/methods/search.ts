import type { AugmentationConfig } from '../config/augmentation.js';
import type { SearchConfig } from '../config/methods/search.js';
import type { MethodReport } from '../methods.js';
import type { ArtifactKey, DatasetRecord, Evaluation, Verdict } from '../records.js';

/** One round of successive halving. */
export interface Rung {
  /** How far its trials train, counted from their beginning. */
  readonly steps: number;
  /** How many trials are in it, the base left out. */
  readonly trials: number;
}

/** What a trial came to at a rung. */
export type TrialResult = { readonly trial: number } & (
  | { readonly validation: TrialWorth }
  /** It is out, whatever the others are worth. */
  | { readonly end: 'failed' | 'cancelled'; readonly reason: string }
);

/** A rung that all its trials have come to. */
export interface RungRecord {
  readonly rung: number;
  readonly steps: number;
  /** In the order of their numbers. */
  readonly results: readonly TrialResult[];
  /** Those that go on, in the order of their numbers; of the last rung the best alone. */
  readonly survivors: readonly number[];
}

/** A policy that was tried. */
export interface SearchTrial {
  /** 0 is the base: the augmentation that training was configured with. */
  readonly trial: number;
  /** What of it is not as in the base, in a few words. */
  readonly text: string;
  /** As far as it came. */
  readonly rungs: readonly (TrialWorth & { readonly steps: number })[];
  readonly end: 'best' | 'trained' | 'stopped' | 'failed' | 'cancelled';
  readonly reason?: string;
}

/** A trial that was trained to its end, and where what came of it lies. */
export interface Finalist {
  readonly trial: number;
  readonly modelKey: ArtifactKey;
  readonly validationPredictionsKey: ArtifactKey;
}

/** What follows from a rung. */
export interface ClosedRung {
  /** As in its record. */
  readonly survivors: readonly number[];
  /** After the last rung the best, and the base where that is another and has not failed. */
  readonly finalists: readonly Finalist[];
}

/** What a search came to. */
export interface SearchReport extends MethodReport {
  readonly rungs: readonly Rung[];
  /** Optimizer steps of all trials, and what they would have been without halving. */
  readonly steps: { readonly taken: number; readonly without: number };
  readonly trials: readonly SearchTrial[];
  /** Its trial, and the whole of its policy. */
  readonly best: { readonly trial: number; readonly augmentation: AugmentationConfig };
  /**
   * The best against the base, both trained to the end, on validation; absent where that is the best itself, or has
   * failed. The best was chosen among many on the same images, which flatters it.
   */
  readonly verdict?: Verdict;
  /** The two on the test images, which chose nothing. */
  readonly test?: { readonly base?: Evaluation; readonly best: Evaluation };
  /** Every trial's whole policy, by its number. */
  readonly policiesKey: ArtifactKey;
  /** A YAML file that `run` takes: the best policy as `student.augmentation`. */
  readonly bestKey: ArtifactKey;
}

/** The workflow of a trial, from one rung to the next; it has this name, and an id of its trial. */
export const TRIAL_WORKFLOW = 'searchTrial';

/** By which a trial can be seen and stopped: a cancelled one is out, and the search goes on. */
export function trialWorkflowId(runId: string, trial: number): string {
  return `${runId}/${trialName(trial)}`;
}

/** Whether an id is one of {@link trialWorkflowId}. */
export function isTrial(workflowId: string): boolean {
  return /\/trial-\d+$/.test(workflowId);
}

/** Its folder within its run, too. */
export function trialName(trial: number): string {
  return `trial-${trial}`;
}

/** What a search is to do, once its policies are drawn. */
export interface SearchPlan {
  readonly rungs: readonly Rung[];
  /** Of each trial what of its policy is not as in the base, in a few words. */
  readonly texts: readonly string[];
}

/** What a trial is worth at a rung, on validation. */
export interface TrialWorth {
  readonly accuracy: number;
  readonly loss: number;
}

/** What one rung of one trial starts from: the workflow of a trial. */
export interface TrialInput {
  readonly runId: string;
  readonly config: SearchConfig;
  readonly dataset: DatasetRecord;
  readonly trial: number;
  /** How far it trains, from its beginning. */
  readonly steps: number;
  readonly paused: boolean;
}

/** How a search stands, beside its stages. */
export interface SearchProgress extends SearchPlan {
  readonly records: readonly RungRecord[];
  /** Of the rung under way: its results so far. */
  readonly current: readonly TrialResult[];
  /** In training or waiting for a trainer. */
  readonly running: readonly number[];
}

/** Best first: by accuracy, then by the smaller loss, then by number. Those that are out are left out. */
export function byWorth(
  results: readonly TrialResult[],
): readonly (TrialWorth & { readonly trial: number })[] {
  return results
    .flatMap((result) => ('validation' in result ? [{ trial: result.trial, ...result.validation }] : []))
    .sort((a, b) => b.accuracy - a.accuracy || a.loss - b.loss || a.trial - b.trial);
}
