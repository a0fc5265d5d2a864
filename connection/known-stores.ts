/** The stores of the workers of a namespace, noted in the namespace itself: a store's queues name only its id. */

const PREFIX = 'apprentice.store.';
/** Numbers of temporal.api.enums.v1.TaskQueueType. */
const TASKS = { workflows: 1, activities: 2 } as const;
/** Workers poll at least once a minute; the server lists a dead one for longer. */
const ALIVE_MS = 75_000;

type Data = { readonly namespaceInfo?: { readonly data?: Record<string, string> | null } | null };
type Pollers = {
  readonly pollers?: readonly { readonly lastAccessTime?: { readonly seconds?: unknown } | null }[] | null;
};

interface Service {
  describeNamespace(request: { namespace: string }): Promise<Data>;
  updateNamespace(request: {
    namespace: string;
    updateInfo: { data: Record<string, string> };
  }): Promise<unknown>;
  describeTaskQueue(request: {
    namespace: string;
    taskQueue: { name: string };
    taskQueueType: number;
  }): Promise<Pollers>;
}

export interface KnownStore {
  readonly id: string;
  readonly url: string;
}

/** Notes the store of a worker. @throws the server's error if it does not allow that */
export async function noteStore(
  service: Pick<Service, 'describeNamespace' | 'updateNamespace'>,
  namespace: string,
  { id, url }: KnownStore,
): Promise<void> {
  const known = await knownStores(service, namespace);
  if (known.some((store) => store.id === id && store.url === url)) return;
  await service.updateNamespace({ namespace, updateInfo: { data: { [`${PREFIX}${id}`]: url } } });
}

export async function knownStores(
  service: Pick<Service, 'describeNamespace'>,
  namespace: string,
): Promise<KnownStore[]> {
  const { namespaceInfo } = await service.describeNamespace({ namespace });
  return Object.entries(namespaceInfo?.data ?? {}).flatMap(([key, url]) =>
    key.startsWith(PREFIX) ? [{ id: key.slice(PREFIX.length), url }] : [],
  );
}

/** Whether a worker asks a queue for tasks. */
export async function polls(
  service: Pick<Service, 'describeTaskQueue'>,
  namespace: string,
  name: string,
  tasks: keyof typeof TASKS = 'workflows',
): Promise<boolean> {
  const { pollers } = await service.describeTaskQueue({
    namespace,
    taskQueue: { name },
    taskQueueType: TASKS[tasks],
  });
  const now = Date.now();
  return (pollers ?? []).some(
    ({ lastAccessTime }) => now - Number(lastAccessTime?.seconds ?? 0) * 1000 < ALIVE_MS,
  );
}
