import { homeOf } from '../../domain/home.js';
import { parseDevices } from '../../worker/activity/devices.js';
import { createLogger, installRuntime } from '../../worker/logging.js';
import { runWorker, type WorkerRole } from '../../worker/run-worker.js';

export interface WorkerOptions {
  readonly role: WorkerRole;
  readonly slots?: number;
  readonly gpus?: string;
  readonly threads?: number;
  readonly grace: number;
  readonly modules: readonly string[];
  readonly logLevel: string;
}

/** `apprentice worker`: runs until a signal; trainings then write checkpoints. */
export async function worker({
  role,
  slots,
  gpus,
  threads,
  grace,
  modules,
  logLevel,
}: WorkerOptions): Promise<void> {
  const stopping = new AbortController();
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.on(signal, () => stopping.abort(new Error(signal)));
  const log = createLogger(role, logLevel);
  installRuntime(log);
  const settings = {
    role,
    home: homeOf(process.env),
    environment: process.env,
    ...(slots !== undefined && { slots }),
    ...(gpus !== undefined && { gpus: parseDevices(gpus) }),
    graceMs: grace * 1000,
    modules,
    ...(threads !== undefined && { threads }),
  };
  try {
    await runWorker(settings, log, stopping.signal);
  } catch (error) {
    if (error !== stopping.signal.reason) throw error;
  }
  // Temporal's native core would keep the process alive for a while.
  process.exit(0);
}
