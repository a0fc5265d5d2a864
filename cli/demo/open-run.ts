import { isDeepStrictEqual } from 'node:util';
import type { Apprentice } from '../../client/apprentice.js';
import type { Run } from '../../client/run.js';
import type { SelfTrainingConfig } from '../../domain/methods/self-training.js';

const ENDED = ['completed', 'cancelled', 'failed'];

/**
 * Returns the run of an interrupted demo, else starts a new one. Cancels a run with another configuration, which would
 * occupy the trainer.
 */
export async function openDemoRun(
  apprentice: Apprentice,
  config: SelfTrainingConfig,
): Promise<{ readonly run: Run; readonly isNew: boolean }> {
  for (const { runId, name, status } of await apprentice.list()) {
    if (name !== config.name || ENDED.includes(status)) continue;
    const run = apprentice.run(runId);
    const { progress } = await run.snapshot();
    if (isDeepStrictEqual(progress.config, afterJson(config))) return { run, isNew: false };
    await run.cancel();
  }
  return { run: await apprentice.start(config), isNew: true };
}

/** The configuration as the server returns it. */
function afterJson(config: SelfTrainingConfig): unknown {
  return JSON.parse(JSON.stringify(config));
}
