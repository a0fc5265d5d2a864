import type { ArtifactStore } from '../domain/artifact-store.js';
import { ConfigurationError } from '../domain/errors.js';
import { hashOfValue } from '../domain/hash.js';
import type { TrainingPlan } from '../domain/training-plan.js';
import { networkHash } from '../learning/models/network-hash.js';
import { runKeys } from '../storage/keys.js';
import { readPinned, writePinned } from '../storage/runs.js';

interface Pinned {
  readonly runId: string;
  readonly plan: Pick<TrainingPlan, 'start'>;
}

/**
 * Hashes the file that defines a plan's network, if any, and stores the hash at its first use, so that all trainings of
 * a run use the same content.
 * @param field of the configuration that describes the network, for errors
 * @throws ConfigurationError if the file was edited since
 * @throws ModelError if it can't be read
 */
export async function pinNetwork(
  { runId, plan: { start } }: Pinned,
  store: ArtifactStore,
  field = 'network',
): Promise<string | undefined> {
  if (start.kind !== 'module' && start.kind !== 'saved') return undefined;
  const received = await networkHash(start, `${field}.path`);
  if (received === undefined) return undefined;
  const key = runKeys(runId).network(hashOfValue(start));
  // Only the first of concurrent attempts writes.
  await writePinned(store, key, received);
  const expected = await readPinned(store, key);
  if (received === expected) return received;
  throw new ConfigurationError(
    `network: ${start.path} was edited after run ${runId} started (received content ${received.slice(0, 12)}, expected ${expected.slice(0, 12)}): restore it to continue this run, or start a run with another id`,
  );
}
