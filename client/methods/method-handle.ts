import type { MethodReport } from '../../domain/methods.js';
import { readMethodReport } from '../../storage/runs.js';
import type { Server } from '../connect.js';
import { type Steering, steer } from '../steering.js';
import { type MethodSnapshot, takeMethodSnapshot } from './method-snapshot.js';

/** A method at work, wherever it is carried on. Whatever asks something of it throws what client/errors.ts names. */
export interface MethodHandle<Report extends MethodReport = MethodReport>
  extends Steering<MethodSnapshot, Report> {
  /** The written report. @throws ArtifactMissingError when there is none yet. */
  report(): Promise<Report>;
}

export function openMethod<Report extends MethodReport>(server: Server, runId: string): MethodHandle<Report> {
  return {
    ...steer<MethodSnapshot, Report>(server, runId, () => takeMethodSnapshot(server, runId)),
    report: async () => (await readMethodReport(server.store, runId)) as Report,
  };
}
