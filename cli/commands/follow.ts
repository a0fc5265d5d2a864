import { followRun } from '../follow-run.js';
import { withApprentice } from '../with-apprentice.js';

/** `apprentice follow RUN` */
export async function follow(runId: string, { json = false }: { readonly json?: boolean }): Promise<void> {
  const { stdout, stderr } = process;
  process.exitCode = await withApprentice((apprentice) =>
    followRun(apprentice, apprentice.run(runId), { stdout, stderr, json }),
  );
}
