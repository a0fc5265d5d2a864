import { availableParallelism } from 'node:os';
import { delimiter } from 'node:path';
import { ApplicationFailure } from '@temporalio/common';
import { type NativeConnection, Worker } from '@temporalio/worker';
import { MODULES_VARIABLE } from '../domain/module-folders.js';
import { payloadCodec } from '../domain/payload-codec.js';
import { queuesOf } from '../domain/protocol.js';
import { openStore } from '../storage/open-store.js';
import { Devices } from './activity/devices.js';
import { trainerEnvironment } from './activity/trainer-environment.js';
import type { Environment } from './connection.js';
import { retryLaterWhenFull } from './retry-later-when-full.js';
import { onSameStore } from './same-store.js';
import { trainingActivities } from './training-activities.js';

export interface TrainerSettings {
  readonly storeUrl: string;
  readonly storeId: string;
  /** Concurrent activities. */
  readonly slots: number;
  /** Each activity gets one of these GPUs; if empty, TensorFlow chooses. */
  readonly gpus: readonly string[];
  /** TensorFlow's threads for runs that begin here and set none; one for each core by default. */
  readonly threads?: number;
  readonly graceMs: number;
  /** Folders from which modules of networks may load. */
  readonly modules: readonly string[];
  /** Interval of heartbeats to the server, which answers them with cancel requests. */
  readonly heartbeatMs: number;
}

/** Time to report the results of activities to the server after they have ended. */
const REPORT_MS = 5_000;

/** Creates a worker for trainer activities; `stop` makes them write checkpoints and hand over. */
export async function createTrainer(
  connection: NativeConnection,
  namespace: string,
  {
    storeUrl,
    storeId,
    slots,
    gpus,
    graceMs,
    heartbeatMs,
    modules,
    threads = availableParallelism(),
  }: TrainerSettings,
  environment: Environment,
): Promise<{ worker: Worker; stop(): void }> {
  const stopping = new AbortController();
  const activities = trainingActivities({
    storeUrl,
    environment: {
      ...trainerEnvironment(environment, { threads, deterministic: true }),
      [MODULES_VARIABLE]: modules.join(delimiter),
    },
    devices: new Devices(gpus),
    graceMs,
    stopping: stopping.signal,
  });
  const worker = await Worker.create({
    connection,
    namespace,
    dataConverter: { payloadCodecs: [payloadCodec] },
    taskQueue: queuesOf(storeId).training,
    activities: {
      ...retryLaterWhenFull(onSameStore(openStore(storeUrl), storeId, activities)),
    },
    maxConcurrentActivityTaskExecutions: slots,
    maxHeartbeatThrottleInterval: heartbeatMs,
    defaultHeartbeatThrottleInterval: heartbeatMs,
    shutdownGraceTime: graceMs + REPORT_MS,
    shutdownForceTime: graceMs + 2 * REPORT_MS,
  });
  return {
    worker,
    stop() {
      stopping.abort(handOver());
      if (worker.getState() === 'RUNNING') worker.shutdown();
    },
  };
}

/** A benign failure, which is retried immediately on another trainer. */
function handOver(): ApplicationFailure {
  return ApplicationFailure.create({
    message: 'this trainer ends; another one continues from the checkpoint',
    type: 'TrainerEnds',
    nextRetryDelay: '1 second',
    category: 'BENIGN',
  });
}
