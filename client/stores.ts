import { type KnownStore, knownStores, polls } from '../connection/known-stores.js';
import { ConfigurationError } from '../domain/errors.js';
import { type Queues, queuesOf, storeIdOf } from '../domain/protocol.js';
import { readStoreIdentity } from '../storage/store-identity.js';
import type { Server } from './connect.js';

/**
 * Refuses to start a run that no worker would take although there are workers: they have another store.
 * @throws ConfigurationError naming both stores
 */
export async function expectServedStore(server: Server): Promise<void> {
  const { client, connection, store, address } = server;
  // The wrong store gets no id.
  const own = await ownQueue(server);
  if (own !== undefined && (await polls(connection.workflowService, client.options.namespace, own))) return;
  const others = await servedStores(server, own);
  if (others.length === 0) return;
  throw new ConfigurationError(
    `store: received ${store.url}, but the workers of ${address} have ${textOf(others)}: set APPRENTICE_STORE (or unset it) so that both use one store, or start a worker with this store`,
  );
}

/** The queue of this client's store; undefined if nothing has used the store yet, which then has no workers either. */
export async function ownQueue({ store }: Pick<Server, 'store'>): Promise<string | undefined> {
  const id = await readStoreIdentity(store);
  return id === undefined ? undefined : queuesOf(id).orchestration;
}

/** Names the stores of the workers that don't serve a queue; empty if there are none. */
export async function otherStoresText(
  server: Server,
  orchestration: Queues['orchestration'],
): Promise<string> {
  const others = await servedStores(server, orchestration);
  if (others.length === 0) return '';
  return `; ${await whereArtifactsAre(server, orchestration)}, the running workers have ${textOf(others)}`;
}

/** Says so if a run's artifacts are in another store than this client reads. */
export async function foreignStoreText(server: Server, orchestration: string): Promise<string | undefined> {
  if (orchestration === (await ownQueue(server))) return undefined;
  return `${await whereArtifactsAre(server, orchestration)}, this command reads ${server.store.url}: set APPRENTICE_STORE to the run's store`;
}

async function whereArtifactsAre({ client, connection }: Server, orchestration: string): Promise<string> {
  const id = storeIdOf(orchestration);
  const stores = await knownStores(connection.workflowService, client.options.namespace);
  return `this run's artifacts are in ${stores.find((known) => known.id === id)?.url ?? `the store ${id}`}`;
}

/** The other stores that workers have. */
async function servedStores(
  { client, connection }: Server,
  orchestration: string | undefined,
): Promise<KnownStore[]> {
  const { workflowService } = connection;
  const { namespace } = client.options;
  const others = (await knownStores(workflowService, namespace)).filter(
    ({ id }) => orchestration === undefined || id !== storeIdOf(orchestration),
  );
  const served = await Promise.all(
    others.map(({ id }) => polls(workflowService, namespace, queuesOf(id).orchestration)),
  );
  return others.filter((_, index) => served[index]);
}

function textOf(stores: readonly KnownStore[]): string {
  return stores.map(({ url }) => url).join(' and ');
}
