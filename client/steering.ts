import { PAUSE_SIGNAL, RESUME_SIGNAL } from '../domain/protocol.js';
import type { Server } from './connect.js';
import { aboutRun, ended } from './failures.js';
import { type Followed, type FollowOptions, followSnapshots } from './follow.js';
import { waitForResult } from './outcome.js';
import { patiently } from './patiently.js';

const ANSWER_WITHIN_MS = 15_000;

/** What can be done with any piece of work, a run or another method. */
export interface Steering<Snapshot extends Followed, Report> {
  readonly runId: string;
  progress(): Promise<Snapshot['progress']>;
  /** Snapshots until it has ended. */
  follow(options?: FollowOptions): AsyncIterable<Snapshot>;
  /** One snapshot. */
  look(): Promise<Snapshot>;
  /** A training that runs writes its checkpoint and ends; returns when the work has been told. */
  pause(): Promise<void>;
  resume(): Promise<void>;
  /** Asks it to end; a training that runs writes its checkpoint first. */
  cancel(): Promise<void>;
  /**
   * Waits for the end, also through times in which the server can't be reached.
   * @throws RunFailedError, RunCancelledError
   * @throws UnknownRunError when there is no such work
   * @throws ServerUnreachableError when there is no server to begin with
   */
  result(): Promise<Report>;
}

/** Asks about a piece of work, in its time, what goes wrong said in the words of the person who asked. */
export function askSoon<T>(server: Server, runId: string, work: () => Promise<T>): Promise<T> {
  return aboutRun(server, runId, () => server.client.withDeadline(Date.now() + ANSWER_WITHIN_MS, work));
}

/** @param take looks at it once */
export function steer<Snapshot extends Followed, Report>(
  server: Server,
  runId: string,
  take: () => Promise<Snapshot>,
): Steering<Snapshot, Report> {
  const handle = server.client.workflow.getHandle(runId);
  const soon = <T>(work: () => Promise<T>) => askSoon(server, runId, work);
  const look = () => soon(take);
  return {
    runId,
    progress: async () => (await look()).progress,
    follow: (options) => followSnapshots(server, runId, take, options),
    look,
    pause: () => soon(() => handle.signal(PAUSE_SIGNAL)),
    resume: () => soon(() => handle.signal(RESUME_SIGNAL)),
    cancel: () =>
      soon(async () => {
        // The server takes a request to end what has ended without a word.
        const { status } = await handle.describe();
        if (status.name !== 'RUNNING') throw ended(runId, status.name);
        await handle.cancel();
      }),
    result: async () => {
      await soon(() => handle.describe());
      return patiently(() => aboutRun(server, runId, () => waitForResult<Report>(handle)));
    },
  };
}
