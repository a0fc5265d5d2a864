import type { Apprentice } from '../client/apprentice.js';
import type { Run } from '../client/run.js';
import type { RunSnapshot } from '../client/snapshot.js';
import { commandName } from './command-name.js';
import { EXIT } from './exit-codes.js';
import { findPicture } from './find-picture.js';
import { jsonTeller } from './follow/json.js';
import { liveTeller } from './follow/live.js';
import { plainTeller } from './follow/plain.js';
import type { Teller, TellerOptions } from './follow/teller.js';
import { untilAborted } from './follow/until-aborted.js';

export interface FollowIo {
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
  /** JSON lines instead of a view for people. */
  readonly json: boolean;
  /** How the person calls Apprentice; found out where absent. */
  readonly command?: string;
  /** The same for commands that ask the server, where that takes more. */
  readonly serverCommand?: string;
  /** Said at Ctrl-C: how to come back. */
  readonly comeBack?: readonly string[];
}

const INTERVAL_MS = { live: 500, plain: 1000 } as const;

/**
 * Shows a run until it ends, or Ctrl-C is pressed, which leaves it going.
 * @returns the exit code: 0 completed, 1 failed or cancelled, 130 at Ctrl-C
 */
export async function followRun(apprentice: Apprentice, run: Run, io: FollowIo): Promise<number> {
  const { stdout, stderr, json, serverCommand } = io;
  const command = io.command ?? commandName();
  const { uiUrl, storeUrl } = apprentice;
  let options: TellerOptions = {
    command,
    storeUrl,
    folder: process.cwd(),
    ...(serverCommand && { serverCommand }),
    ...(uiUrl && { uiUrl }),
  };
  const isTerminal = stdout.isTTY && process.env['TERM'] !== 'dumb';
  const isLive = isTerminal && !json;
  const teller: Teller = json
    ? jsonTeller(stdout)
    : isLive
      ? liveTeller(stdout, () => options, !process.env['NO_COLOR'])
      : plainTeller(stdout, stderr, () => options);

  const interrupted = new AbortController();
  const interrupt = () => {
    // A second Ctrl-C ends this process, whatever it waits for.
    if (interrupted.signal.aborted) process.exit(EXIT.interrupted);
    interrupted.abort();
  };
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', interrupt);
  let last: RunSnapshot | undefined;
  try {
    const intervalMs = isLive ? INTERVAL_MS.live : INTERVAL_MS.plain;
    const { signal } = interrupted;
    for await (const snapshot of untilAborted(run.follow({ signal, intervalMs }), signal)) {
      if (!last) {
        const picture = await findPicture(snapshot.progress.config.data);
        options = { ...options, ...(picture && { picture }) };
      }
      last = snapshot;
      teller.tell(snapshot);
    }
  } finally {
    teller.end(last);
    process.off('SIGINT', interrupt);
    process.off('SIGTERM', interrupt);
  }
  if (last?.outcome) return last.outcome.status === 'completed' ? EXIT.ok : EXIT.failed;
  const comeBack = io.comeBack ?? [`${run.runId} goes on. Come back to it: ${command} follow ${run.runId}`];
  stderr.write(`\n${comeBack.join('\n')}\n`);
  return EXIT.interrupted;
}
