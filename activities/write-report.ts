import type { ArtifactStore } from '../domain/artifact-store.js';
import type { RunReport } from '../domain/records.js';
import { writeRunReport } from '../storage/runs.js';
import type { ReportInput } from './contract.js';

/** Writes the run's report and lineage. */
export function writeReport({ report, config }: ReportInput, store: ArtifactStore): Promise<RunReport> {
  return writeRunReport(store, report, config);
}
