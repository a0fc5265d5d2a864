import { Context } from '@temporalio/activity';
import {
  type ActivitiesOn,
  type ActivityName,
  activityNamesOn,
  type InputOf,
  type ResultOf,
} from '../activities/activities.js';
import type { ActivityProgress } from '../domain/records.js';
import type { Devices } from './activity/devices.js';
import { runInChild } from './activity/run-in-child.js';

export interface TrainerOptions {
  readonly storeUrl: string;
  /** The complete environment of the child processes. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly devices: Devices;
  /** Time for a child that must stop to write its checkpoint, from the last bytes written. */
  readonly graceMs: number;
  /** Aborts when this worker ends: its activities write checkpoints and continue in another worker. */
  readonly stopping: AbortSignal;
  /** Called while a child saves after the request to stop. */
  onSaving?(): void;
}

/** Info messages of TensorFlow that ignore its log level: `I0000 00:00:…`. */
const NOTE = /^I\d{4} /;

/** The activities of a trainer worker: each runs in a child process, whose progress it heartbeats. */
export function trainingActivities(options: TrainerOptions): ActivitiesOn<'trainer'> {
  const names = activityNamesOn('trainer');
  const run = (name: ActivityName) => (input: never) => runActivity(name, input, options);
  return Object.fromEntries(names.map((name) => [name, run(name)])) as unknown as ActivitiesOn<'trainer'>;
}

function runActivity<Name extends ActivityName>(
  name: Name,
  input: InputOf<Name>,
  { storeUrl, environment, devices, graceMs, stopping, onSaving }: TrainerOptions,
): Promise<ResultOf<Name>> {
  const activity = Context.current();
  const { attempt } = activity.info;
  return devices.with((device) =>
    runInChild(name, input, {
      storeUrl,
      environment: { ...environment, ...device },
      graceMs,
      signal: AbortSignal.any([activity.cancellationSignal, stopping]),
      onProgress: (progress) => activity.heartbeat({ ...progress, attempt } satisfies ActivityProgress),
      ...(onSaving && { onSaving }),
      onFinished: (usage) => activity.log.info('activity done', usage),
      onOutput: (line) => activity.log[NOTE.test(line) ? 'debug' : 'info'](line),
    }),
  );
}
