import type { MethodHandle } from '../../client/methods/method-handle.js';
import type { MethodSnapshot } from '../../client/methods/method-snapshot.js';
import { commandName } from '../command-name.js';
import { followUntilEnded, isLive } from '../follow/until-ended.js';
import { jsonMethodTeller, liveMethodTeller, plainMethodTeller } from './tellers.js';

/**
 * Shows a method until it ends or Ctrl-C is pressed, see {@link followUntilEnded}.
 * @param isTaken what it makes will be written to a place of the person's
 */
export function followMethod(
  method: MethodHandle,
  { stdout, stderr }: Pick<NodeJS.Process, 'stdout' | 'stderr'>,
  { json, isTaken }: { readonly json: boolean; readonly isTaken: boolean },
): Promise<{ readonly exitCode: number; readonly last?: MethodSnapshot }> {
  const live = isLive(stdout, json);
  const teller = json
    ? jsonMethodTeller(stdout)
    : live
      ? liveMethodTeller(stdout, !process.env['NO_COLOR'])
      : plainMethodTeller(stdout, stderr);
  return followUntilEnded(method, {
    stderr,
    isLive: live,
    tell: (snapshot) => teller.tell(snapshot),
    end: (last) => teller.end(last, isTaken),
    comeBack: [`${method.runId} goes on. Come back to it: ${commandName()} follow ${method.runId}`],
  });
}
