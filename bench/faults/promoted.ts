import type { World } from './world.js';

/** The models that a run's line got, in order: the model's folder in the run, and its accuracy. The line has the run's id. */
export async function promotedBy(world: World, runId: string): Promise<string[]> {
  const versions = await world.apprentice.models(runId);
  return versions.map(({ modelKey, validationAccuracy }) => `${nameOf(modelKey)} ${validationAccuracy}`);
}

/** Without the run, and without the hash, which covers the run's name too. */
const nameOf = (modelKey: string) =>
  modelKey
    .split('/')
    .slice(2)
    .join('/')
    .replace(/-[0-9a-f]{16}$/, '');
