import type { Aim } from '../../support/report.js';
import type { Verdict } from './compare.js';

/** A plot of the report. */
export interface Plot {
  /** File name without extension. */
  readonly file: string;
  /** Alternative text. */
  readonly alt: string;
  readonly svg: (theme?: 'light' | 'dark') => string;
}

export interface TextTable {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** An experiment's section of the report. */
export interface Section {
  readonly title: string;
  /** Describes the comparison in a few sentences. */
  readonly about: string;
  readonly tables: readonly TextTable[];
  readonly plots: readonly Plot[];
  /** Comparisons of methods with their baselines. */
  readonly verdicts: readonly Verdict[];
  readonly aims: readonly Aim[];
  readonly notes?: readonly string[];
}
