import { followRun } from '../follow/follow-run.js';
import { withApprentice } from '../with-apprentice.js';

/** `apprentice follow RUN` */
export async function follow(runId: string, { json = false }: { readonly json?: boolean }): Promise<void> {
  const { stdout, stderr } = process;
  await withApprentice(async (apprentice) => {
    const { exitCode } = await followRun(apprentice, apprentice.run(runId), { stdout, stderr, json });
    process.exitCode = exitCode;
  });
}
