/** Access to the store without a Temporal server, for commands and programs that only read models. */

import type { ArtifactStore } from '../domain/artifact-store.js';
import { homeOf } from '../domain/home.js';
import { openStore } from '../storage/open-store.js';

export { type FoundModel, findModel } from '../storage/find-model.js';
export { readFloats } from '../storage/floats.js';
export { modelKeys, runKeys } from '../storage/keys.js';
export { readChosen } from '../storage/label-choices.js';
export { hasModelCard, type ModelCard, readModel, readModelCard } from '../storage/models.js';
export { openStore } from '../storage/open-store.js';
export { champion, lines, strayKeys, versions } from '../storage/registry.js';
export { readEvaluation } from '../storage/runs.js';
export { readBest } from '../storage/search.js';

/** Opens the store of APPRENTICE_STORE or APPRENTICE_HOME, or that of the current folder's home. */
export function localStore(environment: Readonly<Record<string, string | undefined>>): ArtifactStore {
  return openStore(homeOf(environment).storeUrl);
}
