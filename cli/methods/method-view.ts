import type { RunSnapshot } from '../../client/snapshot.js';
import type { ArtifactStore } from '../../domain/artifact-store.js';
import type { DetailsOf, MethodName, ReportOf } from '../../domain/methods.js';
import type { ActivityProgress } from '../../domain/records.js';
import type { Fact } from '../view/facts.js';
import type { Line } from '../view/line.js';
import type { ViewOptions } from '../view/view-options.js';

/** How runs and reports of a method are shown. */
export interface MethodView<Name extends MethodName> {
  /** The report below its summary; text may have escape sequences. */
  report(
    report: ReportOf<Name>,
    options: ViewOptions,
  ): readonly ReportLine[] | Promise<readonly ReportLine[]>;
  /** Explains how to get the output; omitted if `--out` writes it. */
  outputHint?(report: ReportOf<Name>): string;
  /** Writes the output for `--out`. */
  save?(report: ReportOf<Name>, out: string, store: ArtifactStore): Promise<void>;
  /** Lines below the stages. */
  details?(details: DetailsOf<Name>, columns: number): Line[];
  /** Replaces the view of header, stages and details. */
  body?(snapshot: RunSnapshot<Name>, options: ViewOptions, rows?: number): Line[];
  /** Replaces the stages in logs. */
  facts?(snapshot: RunSnapshot<Name>, options: ViewOptions): Fact[];
  /** Replaces the sum of the activities' progress. */
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
  /** By default the data set's. */
  readonly classNames?: readonly string[];
}

export type ReportLine = string | Line;
