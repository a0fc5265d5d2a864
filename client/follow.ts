import { setTimeout as sleep } from 'node:timers/promises';
import type { Server } from './connect.js';
import { ServerUnreachableError } from './errors.js';
import { translateErrors } from './failures.js';

export interface FollowOptions {
  /** Stops following; the run continues. */
  readonly signal?: AbortSignal;
  readonly intervalMs?: number;
}

/** The parts of a snapshot that following needs. */
export interface Followed {
  readonly progress: object;
  readonly problems: readonly string[];
  readonly outcome?: { readonly status: 'completed' | 'cancelled' | 'failed' };
}

const TIMEOUT_MS = 6_000;
const MAX_WAIT_MS = 10_000;

/**
 * Yields snapshots of a run until it has ended. While the server does not answer, repeats the last snapshot with that as
 * its problem.
 * @throws UnknownRunError if there is no such run
 * @throws ServerUnreachableError if the first snapshot fails
 */
export async function* followSnapshots<Snapshot extends Followed>(
  server: Server,
  runId: string,
  takeSnapshot: () => Promise<Snapshot>,
  { signal, intervalMs = 1000 }: FollowOptions = {},
): AsyncGenerator<Snapshot, void, void> {
  let last: Snapshot | undefined;
  for (let wait = intervalMs; !signal?.aborted; ) {
    try {
      last = await translateErrors(server, runId, () =>
        server.client.withDeadline(Date.now() + TIMEOUT_MS, takeSnapshot),
      );
      wait = intervalMs;
    } catch (error) {
      if (!(error instanceof ServerUnreachableError) || !last) throw error;
      last = { ...last, problems: [error.message] };
      wait = Math.max(intervalMs, Math.min(wait * 2, MAX_WAIT_MS));
    }
    yield last;
    if (last.outcome) return;
    await sleep(wait, undefined, signal ? { signal } : {}).catch(() => undefined);
  }
}
