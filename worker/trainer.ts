import { availableParallelism } from 'node:os';
import { delimiter } from 'node:path';
import { type NativeConnection, Worker } from '@temporalio/worker';
import { payloadCodec } from '../connection/payload-codec.js';
import type { Environment } from '../connection/settings.js';
import { HandedOverError } from '../domain/errors.js';
import { MODULES_VARIABLE } from '../domain/module-folders.js';
import { queuesOf } from '../domain/protocol.js';
import { openStore } from '../storage/open-store.js';
import { Devices } from './activity/devices.js';
import { trainerEnvironment } from './activity/trainer-environment.js';
import { classifyFailures } from './classify-failures.js';
import { onSameStore } from './same-store.js';
import { reportProgress } from './supervisor/progress-message.js';
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
    onSaving: reportProgress,
  });
  const worker = await Worker.create({
    connection,
    namespace,
    dataConverter: { payloadCodecs: [payloadCodec] },
    taskQueue: queuesOf(storeId).training,
    activities: {
      ...classifyFailures(onSameStore(openStore(storeUrl, { mustExist: true }), storeId, activities)),
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
