import { availableParallelism } from 'node:os';
import { type NativeConnection, Worker } from '@temporalio/worker';
import { HandedOverError } from '../domain/errors.js';
import { TRAINING_QUEUE } from '../domain/protocol.js';
import { Devices } from './activity/devices.js';
import { trainerEnvironment } from './activity/trainer-environment.js';
import type { Environment } from './connection.js';
import { sortFailures } from './sort-failures.js';
import { reportProgress } from './supervisor/progress-message.js';
import { trainingActivities } from './training-activities.js';

export interface TrainerSettings {
  readonly storeUrl: string;
  /** Concurrent activities. */
  readonly slots: number;
  /** Each activity gets one of these GPUs; if empty, TensorFlow chooses. */
  readonly gpus: readonly string[];
  /** TensorFlow's threads in each activity; by default the cores divided by the slots. */
  readonly threads?: number;
  readonly graceMs: number;
  /** Interval of heartbeats to the server, which answers them with cancel requests. */
  readonly heartbeatMs: number;
}

/** Time to report the results of activities to the server after they have ended. */
const REPORT_MS = 5_000;

/** Creates a worker for trainer activities; `stop` makes them write checkpoints and hand over. */
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
      ...sortFailures(
        trainingActivities({
          storeUrl,
          environment: trainerEnvironment(environment, { threads, deterministic: true }),
          devices: new Devices(gpus),
          graceMs,
          stopping: stopping.signal,
          onSaving: reportProgress,
        }),
      ),
    },
    maxConcurrentActivityTaskExecutions: slots,
    maxHeartbeatThrottleInterval: heartbeatMs,
    defaultHeartbeatThrottleInterval: heartbeatMs,
    // No shutdownForceTime: a checkpoint that is being written may take longer; a child without progress is killed.
    shutdownGraceTime: graceMs + REPORT_MS,
  });
  return {
    worker,
    stop() {
      stopping.abort(new HandedOverError('this trainer ends; another one continues from the checkpoint'));
      if (worker.getState() === 'RUNNING') worker.shutdown();
    },
  };
}

function coresPerSlot(slots: number): number {
  return Math.max(1, Math.floor(availableParallelism() / slots));
}
