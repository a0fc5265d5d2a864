import { setTimeout as sleep } from 'node:timers/promises';
import type { Server } from './connect.js';
import { ServerUnreachableError } from './errors.js';
import { translateErrors } from './failures.js';

export interface FollowOptions {
  /** Ends the following, not the run. */
  readonly signal?: AbortSignal;
  readonly intervalMs?: number;
}

/** As much of a snapshot as following needs. */
export interface Followed {
  readonly progress: object;
  /** What keeps it from getting on, for people. */
  readonly problems: readonly string[];
  /** There once it has ended. */
  readonly outcome?: { readonly status: 'completed' | 'cancelled' | 'failed' };
}

const ANSWER_WITHIN_MS = 6_000;
const LONGEST_WAIT_MS = 10_000;

/**
 * Looks at a run again and again until it has ended. A server that goes away meanwhile, or is too busy to answer, is
 * waited for, and the snapshots say so.
 * @throws UnknownRunError when there is no such run
 * @throws ServerUnreachableError when not even the first look succeeds
 */
export async function* followSnapshots<Snapshot extends Followed>(
  server: Server,
  runId: string,
  look: () => Promise<Snapshot>,
  { signal, intervalMs = 1000 }: FollowOptions = {},
): AsyncGenerator<Snapshot, void, void> {
  let last: Snapshot | undefined;
  for (let wait = intervalMs; !signal?.aborted; ) {
    try {
      last = await translateErrors(server, runId, () =>
        server.client.withDeadline(Date.now() + ANSWER_WITHIN_MS, look),
      );
      wait = intervalMs;
    } catch (error) {
      if (!(error instanceof ServerUnreachableError) || !last) throw error;
      last = { ...last, problems: [error.message] };
      wait = Math.max(intervalMs, Math.min(wait * 2, LONGEST_WAIT_MS));
    }
    yield last;
    if (last.outcome) return;
    await sleep(wait, undefined, signal ? { signal } : {}).catch(() => undefined);
  }
}
