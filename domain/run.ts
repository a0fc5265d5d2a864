/** The records of runs of any method. All are plain JSON and small, because histories contain them. */
import type { RunBase } from './config/base.js';
import type { ArtifactKey, DatasetRecord, Decision, NamedModel, Verdict } from './records.js';

export const RUN_STATUSES = [
  'running',
  'awaiting-approval',
  'paused',
  'completed',
  'cancelled',
  'failed',
] as const;

export type RunStatus = (typeof RUN_STATUSES)[number];

/** The input of a run's workflow. */
export interface RunInput<Config extends RunBase = RunBase> {
  readonly config: Config;
  /** Present after continue-as-new only: the state from which the run continues. */
  readonly continued?: {
    readonly startedAt: string;
    readonly stages: readonly Stage[];
    readonly dataset?: DatasetRecord;
    readonly opened: readonly NamedModel[];
    readonly paused: boolean;
    /** The state of the method's algorithm. */
    readonly state: unknown;
  };
  /** Continue as new when the history is longer; by default when the server suggests it. */
  readonly continueAsNewAfterEvents?: number;
}

/** A stage of a run, for display. */
export interface Stage extends Part {
  /** By start time. */
  readonly parts?: readonly Part[];
}

export interface Part {
  readonly name: string;
  readonly status: 'running' | 'done' | 'stopped' | 'failed';
  readonly startedAt: string;
  readonly endedAt?: string;
  /** A short result. */
  readonly note?: string;
}

/** An open question of the gate, for which the run waits. */
export interface Question {
  /** The display name of the model in question: `student 1`. */
  readonly about: string;
  /** Against the champion; absent if there was none to compare with. */
  readonly verdict?: Verdict;
}

/** The answer of the progress query. */
export interface RunProgress<Config extends RunBase = RunBase, Details = unknown> {
  readonly runId: string;
  readonly config: Config;
  readonly status: RunStatus;
  readonly paused: boolean;
  readonly stages: readonly Stage[];
  readonly dataset?: DatasetRecord;
  readonly question?: Question;
  /** Ids of running child workflows, whose activities belong to this run. */
  readonly children: readonly string[];
  /** Method-specific details. */
  readonly details?: Details;
  readonly startedAt: string;
}

/** The common part of all reports. */
export interface RunReport {
  readonly runId: string;
  readonly method: string;
  readonly name: string;
  readonly config: RunBase;
  readonly startedAt: string;
  readonly endedAt: string;
  /** One or two sentences. */
  readonly summary: string;
  /** The existing models that the run used. */
  readonly startedFrom?: readonly NamedModel[];
  /** The model that the run made, if any; `predict` finds it by the run id. */
  readonly model?: { readonly modelKey: ArtifactKey };
  /** Key of the report as JSON. */
  readonly reportKey: ArtifactKey;
}

/** What the gate decided on a model, and the version that it became if it was promoted. */
export interface GateResult {
  /** Absent if the model was not promoted. */
  readonly version?: number;
  /** Against the line's champion of another run, if there was one to compare with. */
  readonly reigning?: Verdict & { readonly version: number };
  /** Present if a person decided. */
  readonly decision?: Decision;
}

/** A comparison that failed; the run completes without it. */
export interface FailedComparison<Name extends string = string> {
  readonly name: Name;
  readonly reason: string;
}
