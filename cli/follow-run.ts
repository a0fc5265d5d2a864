import type { Apprentice } from '../client/apprentice.js';
import type { Run } from '../client/run.js';
import type { RunSnapshot } from '../client/snapshot.js';
import { commandName } from './command-name.js';
import { findPicture } from './find-picture.js';
import { jsonTeller } from './follow/json.js';
import { liveTeller } from './follow/live.js';
import { plainTeller } from './follow/plain.js';
import type { Teller, TellerOptions } from './follow/teller.js';
import { followUntilEnded, isLive } from './follow/until-ended.js';

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

/**
 * Shows a run until it ends, or Ctrl-C is pressed, which leaves it going.
 * @returns the exit code, as {@link followUntilEnded} says it
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
  const live = isLive(stdout, json);
  const teller: Teller = json
    ? jsonTeller(stdout)
    : live
      ? liveTeller(stdout, () => options, !process.env['NO_COLOR'])
      : plainTeller(stdout, stderr, () => options);

  const { exitCode } = await followUntilEnded(run, {
    stderr,
    isLive: live,
    async tell(snapshot: RunSnapshot, isFirst) {
      if (isFirst) {
        const picture = await findPicture(snapshot.progress.config.data);
        options = { ...options, ...(picture && { picture }) };
      }
      teller.tell(snapshot);
    },
    end: (last) => teller.end(last),
    comeBack: io.comeBack ?? [`${run.runId} goes on. Come back to it: ${command} follow ${run.runId}`],
  });
  return exitCode;
}
