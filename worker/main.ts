/**
 * One worker process.
 *
 *   node dist/worker/main.js --role orchestrator|trainer|both [--home FOLDER] [--store URL] [--slots N] [--gpus 0,1] [--threads N] [--modules FOLDER]… [--grace SECONDS] [--heartbeat MILLISECONDS]
 *
 * Temporal's environment variables configure the server. On SIGTERM or SIGINT, or when its parent process ends, it
 * writes checkpoints and ends.
 */

import { parseArgs } from 'node:util';
import { ConfigurationError } from '../domain/errors.js';
import { homeOf } from '../domain/home.js';
import { parseDevices } from './activity/devices.js';
import { createLogger, installRuntime } from './logging.js';
import { runWorker, WORKER_ROLES } from './run-worker.js';
import type { FromWorker } from './supervisor/child-processes.js';

const { values } = parseArgs({
  options: {
    role: { type: 'string', default: 'both' },
    home: { type: 'string' },
    store: { type: 'string' },
    slots: { type: 'string' },
    gpus: { type: 'string' },
    threads: { type: 'string' },
    modules: { type: 'string', multiple: true },
    grace: { type: 'string', default: '30' },
    heartbeat: { type: 'string', default: '2000' },
    'log-level': { type: 'string', default: 'info' },
  },
});

function positive(name: string, text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1) {
    throw new ConfigurationError(`--${name}: received "${text}", expected a whole number from 1`);
  }
  return number;
}

const stopping = new AbortController();
const stop = (why: string) => stopping.abort(new Error(why));
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => stop(signal));
if (process.send) {
  const orphaned = () => stop('the parent process has ended');
  process.on('disconnect', orphaned);
  // It may have disconnected before the listener was added.
  if (!process.connected) orphaned();
}

const log = createLogger(values.role, values['log-level']);
try {
  const role = WORKER_ROLES.find((known) => known === values.role);
  if (!role) {
    throw new ConfigurationError(
      `--role: received "${values.role}", expected one of ${WORKER_ROLES.join(', ')}`,
    );
  }
  installRuntime(log);
  await runWorker(
    {
      role,
      home: homeOf(process.env, values.home, values.store),
      environment: process.env,
      ...(values.slots && { slots: positive('slots', values.slots) }),
      ...(values.gpus && { gpus: parseDevices(values.gpus) }),
      graceMs: positive('grace', values.grace) * 1000,
      heartbeatMs: positive('heartbeat', values.heartbeat),
      ...(values.modules && { modules: values.modules }),
      ...(values.threads && { threads: positive('threads', values.threads) }),
    },
    log,
    stopping.signal,
    (notices) => process.send?.({ kind: 'ready', notices } satisfies FromWorker),
  );
  process.exit(0);
} catch (error) {
  if (stopping.signal.aborted && error === stopping.signal.reason) process.exit(0);
  log.fatal({ err: error }, `worker failed: ${(error as Error).message}`);
  process.exit(1);
}
