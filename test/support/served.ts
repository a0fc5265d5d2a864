import type { Server } from '../../client/connect.js';
import { queuesOf } from '../../domain/protocol.js';
import { openStore } from '../../storage/open-store.js';

/** The store's id of {@link served}. */
export const SERVED_STORE = '0123456789abcdef';

/**
 * The parts of a server that starting and explaining need.
 * @param pollers seconds since a worker's last request, by queue; by default an orchestrator asked just now
 * @param stores URLs of the stores that workers noted, by id
 */
export function served(
  pollers: Readonly<Record<string, readonly number[]>> = { [queuesOf(SERVED_STORE).orchestration]: [0] },
  stores: Readonly<Record<string, string>> = {},
): Pick<Server, 'queues' | 'connection' | 'store' | 'address'> {
  const now = Math.round(Date.now() / 1000);
  const data = Object.fromEntries(
    Object.entries(stores).map(([id, url]) => [`apprentice.store.${id}`, url] as const),
  );
  const workflowService = {
    describeTaskQueue: async ({ taskQueue }: { taskQueue: { name: string } }) => ({
      pollers: (pollers[taskQueue.name] ?? []).map((ago) => ({ lastAccessTime: { seconds: now - ago } })),
    }),
    describeNamespace: async () => ({ namespaceInfo: { data } }),
  };
  return {
    queues: async () => queuesOf(SERVED_STORE),
    connection: { workflowService } as unknown as Server['connection'],
    store: openStore('/nowhere/at/all'),
    address: '127.0.0.1:1',
  };
}
