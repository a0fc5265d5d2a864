import { z } from 'zod';
import type { AugmentationConfig } from '../config/augmentation.js';
import { runBase } from '../config/base.js';
import { gateConfig } from '../config/gate.js';
import { modelSpec } from '../config/model.js';
import { integer, number } from '../config/numbers.js';
import { teacherTraining } from '../config/training.js';
import { defineMethod } from '../method.js';
import type { ArtifactKey, DatasetRecord, Evaluation, Verdict } from '../records.js';
import type { RunReport } from '../run.js';
import { searchSpace } from './search-space.js';

/** Successive halving (Jamieson and Talwalkar 2016); the names are Hyperband's (Li et al. 2018). */
const halving = z.strictObject({
  eta: number(2, 100)
    .default(3)
    .describe('Each rung keeps one in eta trials and trains it for eta times the steps.'),
  rungs: integer(1, 10)
    .default(3)
    .describe('Number of rungs. The last one is the whole training; 1 trains every trial to the end.'),
});

/** The configuration of a search for an augmentation policy. */
export const searchConfig = z
  .strictObject({
    ...runBase('search'),
    gate: gateConfig.prefault({}),
    model: modelSpec.prefault({ kind: 'residual', width: 16, blocksPerStage: 1 }),
    training: teacherTraining
      .prefault({})
      .describe('Training of every trial. Its augmentation is the base policy, trial 0.'),
    space: searchSpace.prefault({ kind: 'grid' }),
    trials: integer(1, 1000)
      .optional()
      .describe('Policies to try besides the base; by default 24 of a random space, all of a grid.'),
    halving: halving.prefault({}),
    parallel: integer(1, 1000).default(8).describe('Trials started at once; they wait for free trainers.'),
  })
  .superRefine(({ training: { steps }, halving: { eta, rungs } }, context) => {
    if (steps / eta ** (rungs - 1) >= 1) return;
    const most = 1 + Math.floor(Math.log(steps) / Math.log(eta));
    const message = `expected at most ${most}: the first rung of a training of ${steps} steps would have none`;
    context.addIssue({ code: 'custom', path: ['halving', 'rungs'], message });
  })
  .describe('Search for the best augmentation policy.');

export type SearchConfig = z.output<typeof searchConfig>;
export type HalvingConfig = SearchConfig['halving'];

/** One round of successive halving. */
export interface Rung {
  /** Steps of its trials, counted from their start. */
  readonly steps: number;
  /** Number of its trials, without the base. */
  readonly trials: number;
}

/** The result of a trial at a rung. A trial that failed or was cancelled leaves the search. */
export type TrialResult = { readonly trial: number } & (
  | { readonly validation: TrialEvaluation }
  | { readonly end: 'failed' | 'cancelled'; readonly reason: string }
);

/** A completed rung. */
export interface RungRecord {
  readonly rung: number;
  readonly steps: number;
  /** By trial number. */
  readonly results: readonly TrialResult[];
  /** By trial number; only the best trial survives the last rung. */
  readonly survivors: readonly number[];
}

export interface SearchTrial {
  /** 0 is the base: the training's own augmentation. */
  readonly trial: number;
  /** Differences of its policy from the base, as text. */
  readonly text: string;
  /** The rungs that it completed. */
  readonly rungs: readonly (TrialEvaluation & { readonly steps: number })[];
  readonly end: 'best' | 'trained' | 'stopped' | 'failed' | 'cancelled';
  readonly reason?: string;
}

/** A trial that was trained to the end. */
export interface Finalist {
  readonly trial: number;
  readonly modelKey: ArtifactKey;
  readonly validationPredictionsKey: ArtifactKey;
}

export interface ClosedRung {
  readonly survivors: readonly number[];
  /** After the last rung: the best trial, and the base unless it is the best or failed. Empty before. */
  readonly finalists: readonly Finalist[];
}

export interface SearchReport extends RunReport {
  readonly rungs: readonly Rung[];
  /** Optimizer steps of all trials, with and without halving. */
  readonly steps: { readonly taken: number; readonly without: number };
  readonly trials: readonly SearchTrial[];
  readonly best: { readonly trial: number; readonly augmentation: AugmentationConfig };
  /**
   * The best trial against the base on validation; absent if the base is the best or failed. Optimistic, because the
   * same images selected the best.
   */
  readonly verdict?: Verdict;
  /** Both on the test images, which did not influence the search. */
  readonly test?: { readonly base?: Evaluation; readonly best: Evaluation };
  /** Key of all policies, by trial number. */
  readonly policiesKey: ArtifactKey;
  /** Key of a YAML file for `run --with`: the best policy as `student.augmentation`. */
  readonly bestKey: ArtifactKey;
}

/** Whether a workflow id is that of a trial: `RUN/trial-3`. A trial can be cancelled alone. */
export function isTrial(workflowId: string): boolean {
  return /\/trial-\d+$/.test(workflowId);
}

/** The folder of a trial's model within the run, and the last part of its workflow id. */
export function trialName(trial: number): string {
  return `trial-${trial}`;
}

export interface SearchPlan {
  readonly rungs: readonly Rung[];
  /** Differences of each trial's policy from the base, as text. */
  readonly texts: readonly string[];
}

/** A trial's results on validation. */
export interface TrialEvaluation {
  readonly accuracy: number;
  readonly loss: number;
}

/** The input of a trial's child workflow. */
export interface TrialInput {
  readonly runId: string;
  readonly config: SearchConfig;
  readonly dataset: DatasetRecord;
  readonly trial: number;
  /** The step to train to, counted from the start. */
  readonly steps: number;
  readonly paused: boolean;
}

/** The details in the progress of a search. */
export interface SearchProgress extends SearchPlan {
  readonly records: readonly RungRecord[];
  /** Results of the current rung so far. */
  readonly current: readonly TrialResult[];
  /** Trials that train or wait for a trainer. */
  readonly running: readonly number[];
}

/** Sorts by accuracy, then lower loss, then trial number. Omits trials that failed or were cancelled. */
export function byAccuracy(
  results: readonly TrialResult[],
): readonly (TrialEvaluation & { readonly trial: number })[] {
  return results
    .flatMap((result) => ('validation' in result ? [{ trial: result.trial, ...result.validation }] : []))
    .sort((a, b) => b.accuracy - a.accuracy || a.loss - b.loss || a.trial - b.trial);
}

export const search = defineMethod<SearchReport, SearchProgress>()(searchConfig);
