import type { ArtifactStore } from '../domain/artifact-store.js';
import type { ConfiguredNetwork } from '../domain/config/trained-networks.js';
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
 * Hashes the file that describes a plan's network, if there is one, and keeps the hash at its first use: all
 * trainings of a run use the same content.
 * @param field of the configuration that describes the network, for errors
 * @throws ConfigurationError if the file was edited since
 * @throws ModelError if it can't be read
 */
export async function pinNetwork(
  { runId, plan: { start } }: Pinned,
  store: ArtifactStore,
  field = 'model',
): Promise<string | undefined> {
  if (start.kind !== 'module' && start.kind !== 'saved') return undefined;
  const received = await networkHash(start, `${field}.path`);
  if (received === undefined) return undefined;
  const expected = await pinnedHash(runKeys(runId).network(hashOfValue(start)), received, store);
  if (received === expected) return received;
  throw new ConfigurationError(
    `network: ${start.path} was edited since the run ${runId} began (received content ${received.slice(0, 12)}, expected ${expected.slice(0, 12)}): restore it to continue this run, or start a run with an id of its own`,
  );
}

async function pinnedHash(key: string, received: string, store: ArtifactStore): Promise<string> {
  // Of two attempts that come at once, one writes.
  await writePinned(store, key, received);
  return readPinned(store, key);
}

/** Pins the networks that a configuration trains. */
export async function pinNetworks(
  runId: string,
  networks: readonly ConfiguredNetwork[],
  store: ArtifactStore,
): Promise<void> {
  for (const { spec: start, field } of networks) await pinNetwork({ runId, plan: { start } }, store, field);
}
