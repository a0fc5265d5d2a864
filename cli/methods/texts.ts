import type { MethodName, MethodReport } from '../../domain/methods.js';
import { startedFromLines } from './started-from.js';

/** What `follow` and `show` print of a method's report, for people. Given where more is to be said than its summary. */
export interface MethodText {
  /** Lines, without colours; at most so many columns wide where that can be. */
  lines(report: never, columns: number): Promise<readonly string[]> | readonly string[];
  /** How to come by what it has made: for whom it is not written anyway. */
  takeaway?(report: never): string;
}

/** Loaded when one has ended: some need much. */
const TEXTS: { readonly [Name in MethodName]?: () => Promise<MethodText> } = {
  distill: () => import('./distill/lines.js'),
  extend: () => import('./extend/lines.js'),
  gap: () => import('./gap/lines.js'),
  labelNext: () => import('./label-next/lines.js'),
  search: () => import('./search/lines.js'),
  robustness: () => import('./robustness/lines.js'),
  transfer: () => import('./transfer/lines.js'),
};

export interface Asked {
  readonly columns: number;
  /** What it has made is written to a place of the person's. */
  readonly isTaken: boolean;
}

/** A report in words. */
export async function reportLines(
  report: MethodReport,
  { columns, isTaken }: Asked,
): Promise<readonly string[]> {
  const text = await TEXTS[report.method]?.();
  const takeaway = isTaken ? undefined : text?.takeaway?.(report as never);
  return [
    report.summary,
    ...(text ? ['', ...(await text.lines(report as never, columns))] : []),
    ...(takeaway === undefined ? [] : ['', takeaway]),
    ...startedFromLines(report),
  ];
}
