import { availableParallelism } from 'node:os';
import { ApplicationFailure } from '@temporalio/common';
import { type NativeConnection, Worker } from '@temporalio/worker';
import { TRAINING_QUEUE } from '../domain/protocol.js';
import type { Environment } from './connection.js';
import { retryLaterWhenFull } from './retry-later-when-full.js';
import { Devices } from './step/devices.js';
import { trainerEnvironment } from './step/trainer-environment.js';
import { trainingActivities } from './training-activities.js';

export interface TrainerSettings {
  readonly storeUrl: string;
  /** Steps that run at once. */
  readonly slots: number;
  /** GPUs that are shared out, one for a step; none to leave the choice to TensorFlow. */
  readonly gpus: readonly string[];
  /** Of TensorFlow in each step; the cores shared out among the slots by default. */
  readonly threads?: number;
  readonly graceMs: number;
  /** How often progress goes to the server; a request to stop comes back with it. */
  readonly heartbeatMs: number;
}

/** To tell the server what became of the steps, after they have ended. */
const LAST_WORDS_MS = 5_000;

/** A worker that only runs training steps; `stop` makes them save and hand over. */
export async function createTrainer(
  connection: NativeConnection,
  namespace: string,
  { storeUrl, slots, gpus, graceMs, heartbeatMs, threads = coresPerSlot(slots) }: TrainerSettings,
  environment: Environment,
): Promise<{ worker: Worker; stop(): void }> {
  const stopping = new AbortController();
  const worker = await Worker.create({
    connection,
    namespace,
    taskQueue: TRAINING_QUEUE,
    activities: {
      ...retryLaterWhenFull(
        trainingActivities({
          storeUrl,
          environment: trainerEnvironment(environment, { threads, deterministic: true }),
          devices: new Devices(gpus),
          graceMs,
          stopping: stopping.signal,
        }),
      ),
    },
    maxConcurrentActivityTaskExecutions: slots,
    maxHeartbeatThrottleInterval: heartbeatMs,
    defaultHeartbeatThrottleInterval: heartbeatMs,
    shutdownGraceTime: graceMs + LAST_WORDS_MS,
    shutdownForceTime: graceMs + 2 * LAST_WORDS_MS,
  });
  return {
    worker,
    stop() {
      stopping.abort(handOver());
      if (worker.getState() === 'RUNNING') worker.shutdown();
    },
  };
}

function coresPerSlot(slots: number): number {
  return Math.max(1, Math.floor(availableParallelism() / slots));
}

/** Tried again at once, wherever there is a trainer; no sign of anything wrong. */
function handOver(): ApplicationFailure {
  return ApplicationFailure.create({
    message: 'this trainer ends; another goes on from the checkpoint',
    type: 'TrainerEnds',
    nextRetryDelay: '1 second',
    category: 'BENIGN',
  });
}
