import type { NativeConnection } from '@temporalio/worker';
import type { Logger } from 'pino';
import { type KnownStore, knownStores, noteStore } from '../connection/known-stores.js';
import { queuesOf } from '../domain/protocol.js';

/**
 * Notes the worker's store in the namespace, for people whose commands have another one.
 * @returns what to tell the user: running runs of other stores, whose steps this worker does not take
 */
export async function noteWorkersStore(
  { workflowService }: NativeConnection,
  namespace: string,
  store: KnownStore,
  log: Logger,
): Promise<string[]> {
  try {
    await noteStore(workflowService, namespace, store);
  } catch (error) {
    // Servers such as Temporal Cloud don't allow that; only the notices lack the other store's address then.
    log.warn({ error: String(error) }, 'the store could not be noted in the namespace');
  }
  const others = await otherStores(workflowService, namespace, store).catch(() => []);
  return others.flatMap(({ url, running }) =>
    running > 0
      ? [
          `this server has ${running} running workflow${running === 1 ? '' : 's'} with the store ${url}; these workers have ${store.url} and leave ${running === 1 ? 'it' : 'them'} alone: a worker with APPRENTICE_STORE=${url} continues ${running === 1 ? 'it' : 'them'}`,
        ]
      : [],
  );
}

async function otherStores(
  workflowService: NativeConnection['workflowService'],
  namespace: string,
  own: KnownStore,
): Promise<{ readonly url: string; readonly running: number }[]> {
  const others = (await knownStores(workflowService, namespace)).filter(({ id }) => id !== own.id);
  return Promise.all(
    others.map(async ({ id, url }) => {
      const query = `ExecutionStatus = 'Running' AND TaskQueue = '${queuesOf(id).orchestration}'`;
      const { count } = await workflowService.countWorkflowExecutions({ namespace, query });
      return { url, running: Number(count) };
    }),
  );
}
