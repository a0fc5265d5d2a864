import { setTimeout as sleep } from 'node:timers/promises';
import type { Server } from './connect.js';
import { NoWorkerError, RunEndedError, ServerUnreachableError } from './errors.js';
import { translateErrors } from './failures.js';

export interface FollowOptions {
  /** Stops following; the run continues. */
  readonly signal?: AbortSignal;
  readonly intervalMs?: number;
  /** Gives up after this long without a new snapshot, with the error of the last attempt; never by default. */
  readonly giveUpAfterMs?: number;
}

/** The parts of a snapshot that following needs. */
export interface Followed {
  readonly progress: object;
  readonly problems: readonly string[];
  readonly outcome?: { readonly status: 'completed' | 'cancelled' | 'failed' };
}

const TIMEOUT_MS = 6_000;
const MAX_WAIT_MS = 10_000;

/** Without a first snapshot there is nothing to show: servers and workers start within this time. */
const FIRST_WITHIN_MS = 30_000;

/**
 * Yields snapshots of a run until it has ended. While no server or no worker answers, repeats the last snapshot with that
 * as its problem.
 * @throws UnknownRunError if there is no such run
 * @throws ServerUnreachableError, NoWorkerError if there is no first snapshot within 30 seconds, or none for
 *   `giveUpAfterMs`
 */
export async function* followSnapshots<Snapshot extends Followed>(
  server: Server,
  runId: string,
  takeSnapshot: () => Promise<Snapshot>,
  { signal, intervalMs = 1000, giveUpAfterMs = Number.POSITIVE_INFINITY }: FollowOptions = {},
): AsyncGenerator<Snapshot, void, void> {
  let last: Snapshot | undefined;
  let lastAt = performance.now();
  for (let wait = intervalMs; !signal?.aborted; ) {
    try {
      last = await translateErrors(server, runId, () =>
        server.client.withDeadline(Date.now() + TIMEOUT_MS, takeSnapshot),
      );
      lastAt = performance.now();
      wait = intervalMs;
    } catch (error) {
      const patience = last ? giveUpAfterMs : Math.min(giveUpAfterMs, FIRST_WITHIN_MS);
      if (!mayPass(error) || performance.now() - lastAt > patience) throw error;
      if (last) last = { ...last, problems: [error.message] };
      wait = Math.max(intervalMs, Math.min(wait * 2, MAX_WAIT_MS));
    }
    if (last) yield last;
    if (last?.outcome) return;
    await sleep(wait, undefined, signal ? { signal } : {}).catch(() => undefined);
  }
}

/** Whether a later snapshot may succeed. A run that ends while its snapshot is taken has an outcome in the next one. */
function mayPass(error: unknown): error is Error {
  return (
    error instanceof ServerUnreachableError ||
    error instanceof NoWorkerError ||
    error instanceof RunEndedError
  );
}
