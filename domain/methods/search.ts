import { z } from 'zod';
import type { AugmentationConfig } from '../config/augmentation.js';
import { runBase } from '../config/base.js';
import { gateConfig } from '../config/gate.js';
import { modelSpec } from '../config/model.js';
import { teacherTraining } from '../config/training.js';
import { defineMethod } from '../method.js';
import type { ArtifactKey, DatasetRecord, Evaluation, Verdict } from '../records.js';
import type { RunReport } from '../run.js';
import { searchSpace } from './search-space.js';

/** Which trials train on, and how far (Jamieson and Talwalkar 2016; the names are Hyperband's, Li et al. 2018). */
const halving = z.strictObject({
  eta: z
    .number()
    .min(2)
    .max(100)
    .default(3)
    .describe('At each rung one in so many trials goes on, for so many times the steps.'),
  rungs: z
    .int()
    .min(1)
    .max(10)
    .default(3)
    .describe('The last one is the whole training; 1 trains every trial to its end.'),
});

/** Everything that a search for an augmentation policy can be told. */
export const searchConfig = z
  .strictObject({
    ...runBase('search'),
    gate: gateConfig.prefault({}),
    model: modelSpec.prefault({ kind: 'residual', width: 16, blocksPerStage: 1 }),
    training: teacherTraining
      .prefault({})
      .describe(
        'How every trial is trained. Its augmentation is what the space is to better: it is trial 0.',
      ),
    space: searchSpace.prefault({ kind: 'grid' }),
    trials: z
      .int()
      .min(1)
      .max(1000)
      .optional()
      .describe(
        'Policies to try beside the training’s own: 24 of a random space; of a grid all, or so many drawn from it.',
      ),
    halving: halving.prefault({}),
    parallel: z
      .int()
      .min(1)
      .max(1000)
      .default(8)
      .describe('Trials begun at once; those that find no trainer free wait for one.'),
  })
  .superRefine(({ training: { steps }, halving: { eta, rungs } }, context) => {
    if (steps / eta ** (rungs - 1) >= 1) return;
    const most = 1 + Math.floor(Math.log(steps) / Math.log(eta));
    const message = `expected at most ${most}: a training of ${steps} steps can't be cut by ${eta} more often`;
    context.addIssue({ code: 'custom', path: ['halving', 'rungs'], message });
  })
  .describe('A search for the best augmentation policy.');

export type SearchConfig = z.output<typeof searchConfig>;
export type HalvingConfig = SearchConfig['halving'];

/** One round of successive halving. */
export interface Rung {
  /** How far its trials train, counted from their beginning. */
  readonly steps: number;
  /** How many trials are in it, the base left out. */
  readonly trials: number;
}

/** What a trial came to at a rung. */
export type TrialResult = { readonly trial: number } & (
  | { readonly validation: TrialEvaluation }
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
  readonly rungs: readonly (TrialEvaluation & { readonly steps: number })[];
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
export interface SearchReport extends RunReport {
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

/** Whether a workflow's id is that of a trial: `RUN/trial-3`. A trial can be cancelled alone. */
export function isTrial(workflowId: string): boolean {
  return /\/trial-\d+$/.test(workflowId);
}

/** The folder of a trial's model, and the end of its workflow's id. */
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
export interface TrialEvaluation {
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
export function byAccuracy(
  results: readonly TrialResult[],
): readonly (TrialEvaluation & { readonly trial: number })[] {
  return results
    .flatMap((result) => ('validation' in result ? [{ trial: result.trial, ...result.validation }] : []))
    .sort((a, b) => b.accuracy - a.accuracy || a.loss - b.loss || a.trial - b.trial);
}

export const search = defineMethod<SearchReport, SearchProgress>()(searchConfig);
