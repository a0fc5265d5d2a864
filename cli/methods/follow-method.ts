import type { MethodHandle } from '../../client/methods/method-handle.js';
import type { MethodSnapshot } from '../../client/methods/method-snapshot.js';
import { commandName } from '../command-name.js';
import { EXIT } from '../exit-codes.js';
import { untilAborted } from '../follow/until-aborted.js';
import { jsonMethodTeller, liveMethodTeller, plainMethodTeller } from './tellers.js';

/** What came of following: the exit code, and the last that was seen. */
export interface Followed {
  readonly exitCode: number;
  readonly last?: MethodSnapshot;
}

/**
 * Shows a method until it ends, or Ctrl-C is pressed, which leaves it going.
 * @returns 0 completed, 1 failed or cancelled, 130 at Ctrl-C
 */
export async function followMethod(
  method: MethodHandle,
  { stdout, stderr }: Pick<NodeJS.Process, 'stdout' | 'stderr'>,
  json: boolean,
): Promise<Followed> {
  const isLive = stdout.isTTY && process.env['TERM'] !== 'dumb' && !json;
  const teller = json
    ? jsonMethodTeller(stdout)
    : isLive
      ? liveMethodTeller(stdout, !process.env['NO_COLOR'])
      : plainMethodTeller(stdout, stderr);
  const interrupted = new AbortController();
  const interrupt = () => {
    // A second Ctrl-C ends this process, whatever it waits for.
    if (interrupted.signal.aborted) process.exit(EXIT.interrupted);
    interrupted.abort();
  };
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', interrupt);
  let last: MethodSnapshot | undefined;
  try {
    const { signal } = interrupted;
    const snapshots = method.follow({ signal, intervalMs: isLive ? 500 : 1000 });
    for await (const snapshot of untilAborted(snapshots, signal)) {
      last = snapshot;
      teller.tell(snapshot);
    }
  } finally {
    await teller.end(last);
    process.off('SIGINT', interrupt);
    process.off('SIGTERM', interrupt);
  }
  if (last?.outcome) {
    return { exitCode: last.outcome.status === 'completed' ? EXIT.ok : EXIT.failed, last };
  }
  stderr.write(`\n${method.runId} goes on. Come back to it: ${commandName()} follow ${method.runId}\n`);
  return { exitCode: EXIT.interrupted, ...(last && { last }) };
}
