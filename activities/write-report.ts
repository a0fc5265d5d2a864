import type { RunReport } from '../domain/run.js';
import * as runs from '../storage/runs.js';
import type { ActivityContext } from './context.js';

export interface WriteReportInput {
  readonly report: Omit<RunReport, 'reportKey'>;
}

export function writeReport({ report }: WriteReportInput, { store }: ActivityContext): Promise<RunReport> {
  return runs.writeReport(store, report);
}
