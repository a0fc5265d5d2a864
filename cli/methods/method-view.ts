import type { RunSnapshot } from '../../client/snapshot.js';
import type { ArtifactStore } from '../../domain/artifact-store.js';
import type { DetailsOf, MethodName, ReportOf } from '../../domain/methods.js';
import type { ActivityProgress } from '../../domain/records.js';
import type { Fact } from '../view/facts.js';
import type { Line } from '../view/line.js';
import type { ViewOptions } from '../view/view-options.js';

/** How the runs of a method are drawn, and how their reports are put into words. */
export interface MethodView<Name extends MethodName> {
  /** The report below its summary; text may have escape sequences. */
  report(
    report: ReportOf<Name>,
    options: ViewOptions,
  ): readonly ReportLine[] | Promise<readonly ReportLine[]>;
  /** How to get what the run made for people, unless `--out` writes it anyway. */
  takeaway?(report: ReportOf<Name>): string;
  /** Writes what `--out` asks for. */
  save?(report: ReportOf<Name>, out: string, store: ArtifactStore): Promise<void>;
  /** Lines below the stages of a run under way. */
  details?(details: DetailsOf<Name>, columns: number): Line[];
  /** The whole picture of a run below its header, instead of stages and details. */
  body?(snapshot: RunSnapshot<Name>, options: ViewOptions, rows?: number): Line[];
  /** What a log says of a run, instead of its stages. */
  facts?(snapshot: RunSnapshot<Name>, options: ViewOptions): Fact[];
  /** The progress of several activities as one, instead of their sum. */
  work?(snapshot: Pick<RunSnapshot<Name>, 'progress' | 'activities'>): ActivityProgress | undefined;
  /** Measurements so far, which `show` prints until there is a report. */
  measures?(snapshot: RunSnapshot<Name>): string | undefined;
  /** The model whose evaluation `show` prints class by class. */
  evaluated?(snapshot: RunSnapshot<Name>): EvaluatedModel | undefined;
}

export interface EvaluatedModel {
  /** The model's name within the run. */
  readonly model: string;
  readonly title: string;
  readonly split: 'validation' | 'test';
  /** The data set's by default. */
  readonly classNames?: readonly string[];
}

export type ReportLine = string | Line;
