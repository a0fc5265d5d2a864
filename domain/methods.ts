/** Durable work beside self-training: what all methods have in common. */
import type { RunBase } from './config/base.js';
import type { ImageFit } from './config/data.js';
import type { ArtifactKey, DatasetRecord, ImageShape, RunStatus, Verdict } from './records.js';

/** Each is a workflow of that name; people know it as {@link commandOf}. */
export const METHODS = ['transfer', 'distill', 'extend', 'search', 'gap', 'labelNext', 'robustness'] as const;

export type MethodName = (typeof METHODS)[number];

/** What people call a method, and type: `label-next` of labelNext. */
export function commandOf(method: MethodName): string {
  return method.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

export function isMethod(name: string): name is MethodName {
  return (METHODS as readonly string[]).includes(name);
}

/** What a method's workflow starts from. */
export interface MethodInput<Config extends RunBase = RunBase> {
  readonly config: Config;
  /** There after continue-as-new only: whatever the method needs to go on. */
  readonly continued?: {
    readonly startedAt: string;
    readonly stages: readonly Stage[];
    readonly paused: boolean;
    readonly state?: unknown;
  };
  /** Continue as new when the history is longer, in methods that do; the server's own suggestion where absent. */
  readonly continueAsNewAfterEvents?: number;
}

/** A part of the work, as people see it. */
export interface Stage {
  readonly name: string;
  readonly status: 'running' | 'done' | 'stopped' | 'failed';
  readonly startedAt: string;
  readonly endedAt?: string;
  /** What it came to, in a few words. */
  readonly note?: string;
}

export type MethodStatus = 'running' | 'paused' | 'completed' | 'cancelled' | 'failed';

/** Of a run or any other method. */
export type WorkStatus = RunStatus | MethodStatus;

/** What the progress query of a method answers. */
export interface MethodProgress<Config extends RunBase = RunBase> {
  readonly runId: string;
  readonly method: MethodName;
  readonly config: Config;
  readonly status: MethodStatus;
  readonly paused: boolean;
  readonly stages: readonly Stage[];
  readonly dataset?: DatasetRecord;
  /** Workflows of parts of the work under way, whose steps belong to it. */
  readonly children: readonly string[];
  /** How it stands beside its stages, of methods that say so. */
  readonly details?: unknown;
  readonly startedAt: string;
}

/** What a method came to. Each method's own report has more. */
export interface MethodReport {
  readonly runId: string;
  readonly method: MethodName;
  readonly name: string;
  readonly startedAt: string;
  readonly endedAt: string;
  /** One sentence: the answer to why it was run. */
  readonly summary: string;
  /** The models that it was given; reports of before have only their names. */
  readonly startedFrom?: readonly NamedModel[];
  /** The model that it made, where it makes one; `predict` finds it by the run's id. */
  readonly model?: {
    readonly modelKey: ArtifactKey;
    /** Where transfers of before have what is in {@link Entry} now. */
    readonly version?: number;
  };
  /** Where the whole of it lies, as JSON. */
  readonly reportKey: ArtifactKey;
}

/** What became of a method's model at its line of the registry: in the report of each that makes one to be used. */
export interface Entry {
  /** Absent where the line's champion was not beaten. */
  readonly version?: number;
  /** Against that champion, where there was one to compare with. */
  readonly verdict?: Verdict & { readonly version: number };
}

/** What a method's own result was to be compared with, and why that came to nothing. */
export interface FailedComparison<Name extends string = string> {
  readonly name: Name;
  readonly reason: string;
}

/** A model that was there before, opened for a piece of work. */
export interface OpenedModel {
  /** As it was named. */
  readonly reference: string;
  /** Which that was: `clothes@3`, or the folder. */
  readonly name: string;
  readonly modelKey: ArtifactKey;
  /** Unknown of a model that was made elsewhere. */
  readonly classes?: readonly string[];
  /** The first so many of them never learnt to compete with the others, see taskBoundaryOf. */
  readonly taskBoundary?: number;
  readonly outputs: number;
  readonly image: ImageShape;
  /** How pictures of another aspect ratio are brought to that. */
  readonly fit: ImageFit;
  readonly parameters: number;
  readonly weightsHash: string;
}

/** Which model a name stood for: a line has another champion next week. */
export type NamedModel = Pick<OpenedModel, 'reference' | 'name' | 'modelKey' | 'weightsHash'>;
