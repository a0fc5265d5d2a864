import assert from 'node:assert/strict';
import type { ArtifactStore } from '../../domain/artifact-store.js';
import type { ModelVersion } from '../../domain/records.js';
import { type Cause, type Promotable, promote } from '../../storage/registry.js';

/** Makes a model the champion, whatever reigns. */
export async function promoted(
  store: ArtifactStore,
  model: Promotable,
  cause: Cause = { by: 'gate', reason: 'better' },
): Promise<ModelVersion> {
  const version = await promote(store, model, async () => cause);
  assert.ok('version' in version);
  return version;
}
