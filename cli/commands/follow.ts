import { followRun } from '../follow-run.js';
import { followMethod } from '../methods/follow-method.js';
import { withApprentice } from '../with-apprentice.js';

/** `apprentice follow RUN` */
export async function follow(runId: string, { json = false }: { readonly json?: boolean }): Promise<void> {
  const { stdout, stderr } = process;
  process.exitCode = await withApprentice(async (apprentice) => {
    if ((await apprentice.kindOf(runId)) === 'run') {
      return followRun(apprentice, apprentice.run(runId), { stdout, stderr, json });
    }
    return (await followMethod(apprentice.method(runId), process, { json, isTaken: false })).exitCode;
  });
}
