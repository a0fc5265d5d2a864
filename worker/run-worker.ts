import type { Logger } from 'pino';
import { ConfigurationError } from '../domain/errors.js';
import type { Home } from '../domain/home.js';
import { makeStore } from '../storage/open-store.js';
import { connectWithRetries, type Environment, serverFor } from './connection.js';
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
  /** TensorFlow's threads in each activity. */
  readonly threads?: number;
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

/**
 * Serves the queues of a role until the signal aborts; trainings then write checkpoints and continue in other workers.
 * Waits until the server is available.
 * @throws the error of a worker that fails, for example if the server refuses it
 */
export async function runWorker(settings: WorkerSettings, log: Logger, signal: AbortSignal): Promise<void> {
  const { role, home, environment } = settings;
  const { storeUrl } = home;
  const { options, namespace } = serverFor(environment, home);
  const connection = await connectWithRetries(
    options,
    (error) => log.warn({ address: options.address, error: error.message }, 'no Temporal server yet'),
    signal,
  );
  try {
    await registerSearchAttributes(connection, namespace).catch((error) =>
      log.warn(
        { error: String(error), instead: howToRegister(namespace) },
        'search attributes not registered',
      ),
    );
    await makeStore(storeUrl);
    const { gpus = [], threads, graceMs = GRACE_MS, heartbeatMs = HEARTBEAT_MS } = settings;
    const slots = settings.slots ?? Math.max(1, gpus.length);
    assertEnough(gpus, slots);
    const workers = await Promise.all([
      ...(role !== 'trainer' ? [createOrchestrator(connection, namespace, storeUrl)] : []),
      ...(role !== 'orchestrator'
        ? [
            createTrainer(
              connection,
              namespace,
              { storeUrl, slots, gpus, graceMs, heartbeatMs, ...(threads && { threads }) },
              environment,
            ),
          ]
        : []),
    ]);
    const stopAll = () => {
      for (const { stop } of workers) stop();
    };
    signal.addEventListener('abort', stopAll, { once: true });
    log.info({ address: options.address, namespace, storeUrl, slots }, 'ready');
    signal.throwIfAborted();
    const runs = workers.map(({ worker }) => worker.run());
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
