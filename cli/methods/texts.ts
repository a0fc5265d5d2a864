import type { MethodName, MethodReport } from '../../domain/methods.js';
import { startedFromLines } from './started-from.js';

/** What `follow` and `show` print of a method's report, for people. Given where more is to be said than its summary. */
export interface MethodText {
  /** Lines, without colours; at most so many columns wide where that can be. */
  lines(report: never, columns: number): Promise<readonly string[]> | readonly string[];
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

/** A report in words. */
export async function reportLines(report: MethodReport, columns: number): Promise<readonly string[]> {
  const text = await TEXTS[report.method]?.();
  return [
    report.summary,
    ...(text ? ['', ...(await text.lines(report as never, columns))] : []),
    ...startedFromLines(report),
  ];
}
