import { Context } from '@temporalio/activity';
import type { TrainingActivities } from '../activities/contract.js';
import type { StepInputOf, StepName, StepResultOf } from '../activities/run-step.js';
import { TRAINING_STEPS } from '../domain/protocol.js';
import type { StepProgress } from '../domain/records.js';
import type { Devices } from './step/devices.js';
import { runInChild } from './step/run-in-child.js';

export interface TrainerOptions {
  readonly storeUrl: string;
  /** The whole environment of the child processes. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Shared out among the steps. */
  readonly devices: Devices;
  /** How long a child that is asked to stop may take to write its checkpoint. */
  readonly graceMs: number;
  /** Aborts when this worker ends: its steps save, and go on in another. */
  readonly stopping: AbortSignal;
}

/** TensorFlow's own notes, whatever its log level: `I0000 00:00:…`. */
const NOTE = /^I\d{4} /;

/** The activities of a trainer worker: each runs in a child process, and heartbeats when that gets on. */
export function trainingActivities(options: TrainerOptions): TrainingActivities {
  const run = (name: StepName) => (input: never) => runStep(name, input, options);
  return Object.fromEntries(TRAINING_STEPS.map((name) => [name, run(name)])) as unknown as TrainingActivities;
}

function runStep<Name extends StepName>(
  name: Name,
  input: StepInputOf<Name>,
  { storeUrl, environment, devices, graceMs, stopping }: TrainerOptions,
): Promise<StepResultOf<Name>> {
  const activity = Context.current();
  const { attempt } = activity.info;
  return devices.with((device) =>
    runInChild(name, input, {
      storeUrl,
      environment: { ...environment, ...device },
      graceMs,
      signal: AbortSignal.any([activity.cancellationSignal, stopping]),
      onProgress: (progress) => activity.heartbeat({ ...progress, attempt } satisfies StepProgress),
      onFinished: (usage) => activity.log.info('step done', usage),
      onOutput: (line) => activity.log[NOTE.test(line) ? 'debug' : 'info'](line),
    }),
  );
}
