import type { Aim } from '../../support/report.js';
import type { Verdict } from './compare.js';

/** A picture of the report. */
export interface Plot {
  /** Name of the file, without its ending. */
  readonly file: string;
  /** Says in words what it shows. */
  readonly alt: string;
  readonly svg: (theme?: 'light' | 'dark') => string;
}

export interface TextTable {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** What the report says of one experiment. */
export interface Section {
  readonly title: string;
  /** What was compared with what, in a few sentences. */
  readonly about: string;
  readonly tables: readonly TextTable[];
  readonly plots: readonly Plot[];
  /** Does each method beat its own baseline? */
  readonly verdicts: readonly Verdict[];
  readonly aims: readonly Aim[];
  readonly notes?: readonly string[];
}
