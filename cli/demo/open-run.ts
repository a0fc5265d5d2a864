import { isDeepStrictEqual } from 'node:util';
import type { Apprentice } from '../../client/apprentice.js';
import type { Run } from '../../client/run.js';
import type { SelfTrainingConfig } from '../../domain/methods/self-training.js';

const ENDED = ['completed', 'cancelled', 'failed'];

/**
 * The demo's run: the one that an earlier demo was interrupted in, else a new one. One of another recipe is
 * cancelled, it would take this one's trainer.
 */
export async function openDemoRun(
  apprentice: Apprentice,
  config: SelfTrainingConfig,
): Promise<{ readonly run: Run; readonly isNew: boolean }> {
  for (const { runId, name, status } of await apprentice.list()) {
    if (name !== config.name || ENDED.includes(status)) continue;
    const run = apprentice.run(runId);
    const { progress } = await run.look();
    if (isDeepStrictEqual(progress.config, asSent(config))) return { run, isNew: false };
    await run.cancel();
  }
  return { run: await apprentice.start(config), isNew: true };
}

/** As it comes back from the server. */
function asSent(config: SelfTrainingConfig): unknown {
  return JSON.parse(JSON.stringify(config));
}
