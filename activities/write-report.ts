import type { RunReport } from '../domain/run.js';
import * as runs from '../storage/runs.js';
import type { ActivityContext } from './context.js';

export function writeReport(
  { report }: { readonly report: Omit<RunReport, 'reportKey'> },
  { store }: ActivityContext,
): Promise<RunReport> {
  return runs.writeReport(store, report);
}
