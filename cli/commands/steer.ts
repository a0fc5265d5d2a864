import { isTrial } from '../../domain/methods/search.js';
import { commandName } from '../command-name.js';
import { print } from '../streams.js';
import { withApprentice } from '../with-apprentice.js';

/** `apprentice pause RUN` */
export async function pause(runId: string): Promise<void> {
  await withApprentice((apprentice) => apprentice.run(runId).pause());
  print(`${runId}: pausing; a training in progress writes its checkpoint first.`);
  print(`Continue: ${commandName()} resume ${runId}`);
}

/** `apprentice resume RUN` */
export async function resume(runId: string): Promise<void> {
  await withApprentice((apprentice) => apprentice.run(runId).resume());
  print(`${runId}: resumed.`, `Follow it: ${commandName()} follow ${runId}`);
}

/** `apprentice cancel RUN`, or `RUN/trial-N` of a search */
export async function cancel(runId: string): Promise<void> {
  const trial = isTrial(runId);
  await withApprentice((apprentice) => apprentice.run(runId).cancel());
  if (trial) return print(`${runId}: cancelling; the search continues without it.`);
  print(`${runId}: cancelling; promoted models stay in the registry.`);
  print(`To continue it: ${commandName()} run CONFIG --id ${runId}, with the same configuration`);
}
