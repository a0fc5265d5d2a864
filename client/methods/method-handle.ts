import type { MethodProgress, MethodReport } from '../../domain/methods.js';
import { PAUSE_SIGNAL, RESUME_SIGNAL } from '../../domain/protocol.js';
import { readMethodReport } from '../../storage/runs.js';
import type { Server } from '../connect.js';
import { aboutRun, ended } from '../failures.js';
import { type FollowOptions, followSnapshots } from '../follow.js';
import { waitForResult } from '../outcome.js';
import { type MethodSnapshot, takeMethodSnapshot } from './method-snapshot.js';

/** A method at work, wherever it is carried on. Whatever asks something of it throws what client/errors.ts names. */
export interface MethodHandle<Report extends MethodReport = MethodReport> {
  readonly runId: string;
  progress(): Promise<MethodProgress>;
  /** Snapshots until it has ended. */
  follow(options?: FollowOptions): AsyncIterable<MethodSnapshot>;
  /** One snapshot. */
  look(): Promise<MethodSnapshot>;
  /** A training that runs writes its checkpoint and ends; returns when the method has been told. */
  pause(): Promise<void>;
  resume(): Promise<void>;
  /** Asks it to end; a training that runs writes its checkpoint first. */
  cancel(): Promise<void>;
  /**
   * Waits for the end.
   * @throws RunFailedError, RunCancelledError
   */
  result(): Promise<Report>;
  /** The written report. @throws ArtifactMissingError when there is none yet. */
  report(): Promise<Report>;
}

const ANSWER_WITHIN_MS = 15_000;

export function openMethod<Report extends MethodReport>(server: Server, runId: string): MethodHandle<Report> {
  const { client, store } = server;
  const handle = client.workflow.getHandle(runId);
  const ask = <T>(work: () => Promise<T>) => aboutRun(server, runId, work);
  const soon = <T>(work: () => Promise<T>) =>
    ask(() => client.withDeadline(Date.now() + ANSWER_WITHIN_MS, work));
  const look = () => soon(() => takeMethodSnapshot(server, runId));
  return {
    runId,
    progress: async () => (await look()).progress,
    follow: (options) => followSnapshots(server, runId, () => takeMethodSnapshot(server, runId), options),
    look,
    pause: () => soon(() => handle.signal(PAUSE_SIGNAL)),
    resume: () => soon(() => handle.signal(RESUME_SIGNAL)),
    cancel: () =>
      soon(async () => {
        const { status } = await handle.describe();
        if (status.name !== 'RUNNING') throw ended(runId, status.name);
        await handle.cancel();
      }),
    result: () => ask(() => waitForResult<Report>(handle)),
    report: async () => (await readMethodReport(store, runId)) as Report,
  };
}
