/** The records that every run has, whatever its method. All are plain JSON and small: histories carry them. */
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

/** What a workflow starts from. */
export interface RunInput<Config extends RunBase = RunBase> {
  readonly config: Config;
  /** Present after continue-as-new only: the state from which the run continues. */
  readonly continued?: {
    readonly startedAt: string;
    readonly stages: readonly Stage[];
    readonly dataset?: DatasetRecord;
    readonly opened: readonly NamedModel[];
    readonly paused: boolean;
    /** Of the method. */
    readonly state: unknown;
  };
  /** Continue as new when the history is longer; the server's suggestion by default. */
  readonly continueAsNewAfterEvents?: number;
}

/** A part of the work, as people see it. */
export interface Stage extends Part {
  /** In the order in which they began. */
  readonly parts?: readonly Part[];
}

export interface Part {
  readonly name: string;
  readonly status: 'running' | 'done' | 'stopped' | 'failed';
  readonly startedAt: string;
  readonly endedAt?: string;
  /** The result in a few words. */
  readonly note?: string;
}

/** An open question of the gate: a run waits until a person answers it. */
export interface Question {
  /** The model in question, by its name within the run: `student 1`. */
  readonly about: string;
  /** Against the champion; absent where there was none to compare with. */
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
  /** Child workflows at work: their activities belong to this run. */
  readonly children: readonly string[];
  /** What the method shows beside its stages. */
  readonly details?: Details;
  readonly startedAt: string;
}

/** The result of a run. Each method's own report has more. */
export interface RunReport {
  readonly runId: string;
  readonly method: string;
  readonly name: string;
  readonly config: RunBase;
  readonly startedAt: string;
  readonly endedAt: string;
  /** One or two sentences. */
  readonly summary: string;
  /** The models that existed before and that the run used. */
  readonly startedFrom?: readonly NamedModel[];
  /** The model that the run made, if it makes one; `predict` finds it by the run's id. */
  readonly model?: { readonly modelKey: ArtifactKey };
  /** Key of the whole report, as JSON. */
  readonly reportKey: ArtifactKey;
}

/** How a model fared at its line of the registry: part of every report with a model. */
export interface RegistryEntry {
  /** Absent if the model did not enter the registry. */
  readonly version?: number;
  /** Against the line's champion of another run, if there was one to compare with. */
  readonly reigning?: Verdict & { readonly version: number };
  /** Present if a person was asked. */
  readonly decision?: Decision;
}

/** A comparison that failed; the run's own result stands without it. */
export interface FailedComparison<Name extends string = string> {
  readonly name: Name;
  readonly reason: string;
}
