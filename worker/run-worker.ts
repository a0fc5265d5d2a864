import { setTimeout as sleep } from 'node:timers/promises';
import type { NativeConnection } from '@temporalio/worker';
import type { Logger } from 'pino';
import { findServer } from '../connection/find-server.js';
import { makeOwnStore } from '../connection/home-folder.js';
import { polls } from '../connection/known-stores.js';
import type { Environment } from '../connection/settings.js';
import { ConfigurationError } from '../domain/errors.js';
import type { Home } from '../domain/home.js';
import { moduleFoldersOf } from '../domain/module-folders.js';
import { queuesOf } from '../domain/protocol.js';
import { openStore } from '../storage/open-store.js';
import { storeIdentity } from '../storage/store-identity.js';
import { connectWithRetries } from './connection.js';
import { noteWorkersStore } from './note-store.js';
import { createOrchestrator } from './orchestrator.js';
import { howToRegister, registerSearchAttributes } from './search-attributes.js';
import { createTrainer } from './trainer.js';

export const WORKER_ROLES = ['orchestrator', 'trainer', 'both'] as const;
export type WorkerRole = (typeof WORKER_ROLES)[number];

export interface WorkerSettings {
  readonly role: WorkerRole;
  readonly home: Home;
  readonly environment: Environment;
  /** Concurrent activities; by default the number of `gpus`, or 1. */
  readonly slots?: number;
  /** Each activity gets one of these GPUs. */
  readonly gpus?: readonly string[];
  /** TensorFlow's threads for runs that begin here and set none; one for each core by default. */
  readonly threads?: number;
  /** Folders from which modules of networks may load; see {@link moduleFoldersOf} for the default. */
  readonly modules?: readonly string[];
  /** Time for a training to write its checkpoint when it must stop. */
  readonly graceMs?: number;
  /** Minimum interval between heartbeats to the server; some servers bill each one. */
  readonly heartbeatMs?: number;
}

const GRACE_MS = 30_000;
const HEARTBEAT_MS = 2_000;

function assertEnough(gpus: readonly string[], slots: number): void {
  if (gpus.length === 0 || slots <= gpus.length) return;
  throw new ConfigurationError(
    `slots: received ${slots}, expected at most ${gpus.length}, one for each GPU of ${gpus.join(', ')}`,
  );
}

const LISTED_WITHIN_MS = 10_000;

/** Waits until the server lists the worker: commands that come earlier would find none. */
async function untilPolled(
  { workflowService }: NativeConnection,
  namespace: string,
  role: WorkerRole,
  storeId: string,
): Promise<void> {
  const { orchestration, training } = queuesOf(storeId);
  const isPolled = () =>
    role === 'trainer'
      ? polls(workflowService, namespace, training, 'activities')
      : polls(workflowService, namespace, orchestration, 'workflows');
  for (const deadline = Date.now() + LISTED_WITHIN_MS; Date.now() < deadline; await sleep(100)) {
    if (await isPolled()) return;
  }
}

/**
 * Serves the queues of a role until the signal aborts; trainings then write checkpoints and continue in other workers.
 * Waits until the server is available.
 * @param onReady called when the worker takes steps, with notices for the user
 * @throws the error of a worker that fails, for example if the server refuses it
 */
export async function runWorker(
  settings: WorkerSettings,
  log: Logger,
  signal: AbortSignal,
  onReady: (notices: readonly string[]) => void = () => undefined,
): Promise<void> {
  const { role, home, environment } = settings;
  const { storeUrl } = home;
  const { gpus = [], threads, graceMs = GRACE_MS, heartbeatMs = HEARTBEAT_MS } = settings;
  const slots = settings.slots ?? Math.max(1, gpus.length);
  assertEnough(gpus, slots);
  // Without a server to look for, nothing is made in the folder.
  findServer({ environment, home });
  makeOwnStore(home);
  const modules = moduleFoldersOf(environment, settings.modules);
  const storeId = await storeIdentity(openStore(storeUrl));
  const { connection, address, namespace } = await connectWithRetries(
    environment,
    home,
    (reason) => log.warn({ reason }, 'no Temporal server yet'),
    signal,
  );
  try {
    await registerSearchAttributes(connection, namespace).catch((error) =>
      log.warn(
        { error: String(error), instead: howToRegister(namespace) },
        'search attributes not registered',
      ),
    );
    const notices = await noteWorkersStore(connection, namespace, { id: storeId, url: storeUrl }, log);
    for (const notice of notices) log.warn(notice);
    const workers = await Promise.all([
      ...(role !== 'trainer' ? [createOrchestrator(connection, namespace, storeUrl, storeId)] : []),
      ...(role !== 'orchestrator'
        ? [
            createTrainer(
              connection,
              namespace,
              { storeUrl, storeId, slots, gpus, graceMs, heartbeatMs, modules, ...(threads && { threads }) },
              environment,
            ),
          ]
        : []),
    ]);
    const stopAll = () => {
      for (const { stop } of workers) stop();
    };
    signal.addEventListener('abort', stopAll, { once: true });
    signal.throwIfAborted();
    const runs = workers.map(({ worker }) => worker.run());
    untilPolled(connection, namespace, role, storeId)
      .catch((error) => log.warn({ error: String(error) }, 'the server did not list this worker'))
      .finally(() => {
        log.info({ address, namespace, storeUrl, storeId, slots, modules }, 'ready');
        onReady(notices);
      });
    try {
      await Promise.all(runs);
    } finally {
      stopAll();
      await Promise.allSettled(runs);
    }
  } finally {
    await connection.close();
  }
}
