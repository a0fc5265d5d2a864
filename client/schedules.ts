import {
  ScheduleAlreadyRunning,
  type ScheduleHandle,
  ScheduleNotFoundError,
  ServiceError,
  type ScheduleSummary as TemporalSummary,
} from '@temporalio/client';
import { ConfigurationError } from '../domain/errors.js';
import { DEFAULT_METHOD, type MethodName, type RunConfigInput } from '../domain/methods.js';
import { RUN_WORKFLOW } from '../domain/protocol.js';
import { assertId } from './assert-id.js';

import type { Server } from './connect.js';
import { UnknownScheduleError } from './errors.js';
import { checkedConfig, runAction } from './start.js';

/** What to do when the time has come and the last run is still going on. */
export const OVERLAP_POLICIES = {
  skip: 'SKIP',
  'buffer-one': 'BUFFER_ONE',
  'buffer-all': 'BUFFER_ALL',
  'cancel-other': 'CANCEL_OTHER',
  'terminate-other': 'TERMINATE_OTHER',
  'allow-all': 'ALLOW_ALL',
} as const;
export type OverlapPolicy = keyof typeof OVERLAP_POLICIES;

export interface ScheduleOptions {
  /** A cron expression in UTC, for example `0 3 * * *`; `CRON_TZ=Europe/Zurich 0 3 * * *` for elsewhere. */
  readonly cron?: string;
  /** An interval, for example `6h` or `7 days`. */
  readonly every?: string;
  readonly overlap?: OverlapPolicy;
  readonly note?: string;
}

export interface ScheduleSummary {
  readonly id: string;
  /** Name of the run configuration. */
  readonly name: string;
  readonly method: MethodName;
  /** As it was written at creation. */
  readonly when: string;
  readonly overlap: OverlapPolicy;
  readonly paused: boolean;
  readonly note?: string;
  readonly next: readonly string[];
  /** Ids of the last runs, oldest first. */
  readonly recentRuns: readonly string[];
}

export interface Schedules {
  /**
   * Each time starts a run with the id `<schedule id>-<time>`.
   * @throws ConfigurationError when the times or the configuration are wrong, or the id is taken
   */
  create(id: string, config: RunConfigInput, options: ScheduleOptions): Promise<void>;
  list(): Promise<ScheduleSummary[]>;
  pause(id: string, note?: string): Promise<void>;
  resume(id: string, note?: string): Promise<void>;
  /** Starts a run now, by the schedule's overlap policy. */
  trigger(id: string): Promise<void>;
  /** Runs that it has started go on. */
  delete(id: string): Promise<void>;
}

const INVALID_ARGUMENT = 3;
/** A time is added to it to name a run. */
const LONGEST_ID = 170;
/** After an outage, times missed longer ago are let go. */
const CATCH_UP = '1 day';

export function schedulesOf({ client }: Server): Schedules {
  const about = (id: string, work: (handle: ScheduleHandle) => Promise<void>) =>
    aboutSchedule(id, () => work(client.schedule.getHandle(id)));
  return {
    create: (id, config, options) => createSchedule(client, id, config, options),
    async list() {
      const schedules: ScheduleSummary[] = [];
      for await (const schedule of client.schedule.list()) {
        if (schedule.action?.workflowType === RUN_WORKFLOW) schedules.push(summaryOf(schedule));
      }
      return schedules;
    },
    pause: (id, note) => about(id, (handle) => handle.pause(note ?? 'paused')),
    resume: (id, note) => about(id, (handle) => handle.unpause(note ?? 'resumed')),
    trigger: (id) => about(id, (handle) => handle.trigger()),
    delete: (id) => about(id, (handle) => handle.delete()),
  };
}

async function createSchedule(
  client: Server['client'],
  id: string,
  input: RunConfigInput,
  { cron, every, overlap = 'skip', note }: ScheduleOptions,
): Promise<void> {
  assertId('schedule id', id, LONGEST_ID);
  const config = checkedConfig(input);
  if ((cron === undefined) === (every === undefined)) {
    throw new ConfigurationError('schedule: expected either cron or every');
  }
  try {
    await client.schedule.create({
      scheduleId: id,
      spec: cron === undefined ? { intervals: [{ every: every as never }] } : { cronExpressions: [cron] },
      action: {
        type: 'startWorkflow',
        workflowType: RUN_WORKFLOW,
        workflowId: id,
        ...runAction(config),
      },
      policies: { overlap: OVERLAP_POLICIES[overlap], catchupWindow: CATCH_UP },
      memo: { name: config.name, method: config.method, when: cron ?? `every ${every}`, overlap },
      ...(note && { state: { note } }),
    });
  } catch (error) {
    throw explained(id, cron ?? every, error);
  }
}

function explained(id: string, when: string | undefined, error: unknown): unknown {
  if (error instanceof ScheduleAlreadyRunning) {
    return new ConfigurationError(`schedule: received "${id}", which is there already`, { cause: error });
  }
  const isInvalid =
    error instanceof ServiceError && (error.cause as { code?: number }).code === INVALID_ARGUMENT;
  // The SDK refuses intervals, the server refuses cron expressions.
  if (!isInvalid && !(error instanceof TypeError)) return error;
  const why = isInvalid ? (error.cause as { details?: string }).details : error.message;
  return new ConfigurationError(
    `schedule: received "${when}", expected a cron expression such as "0 3 * * *" or an interval such as "6h" (${why})`,
    { cause: error },
  );
}

async function aboutSchedule(id: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof ScheduleNotFoundError)) throw error;
    throw new UnknownScheduleError(`schedule: received "${id}", expected the id of a schedule`, {
      cause: error,
    });
  }
}

function summaryOf({ scheduleId, memo, state, info }: TemporalSummary): ScheduleSummary {
  const remembered = memo as
    | Partial<Pick<ScheduleSummary, 'name' | 'method' | 'when' | 'overlap'>>
    | undefined;
  return {
    id: scheduleId,
    name: remembered?.name ?? '',
    method: remembered?.method ?? DEFAULT_METHOD,
    when: remembered?.when ?? '',
    overlap: remembered?.overlap ?? 'skip',
    paused: state.paused,
    ...(state.note && { note: state.note }),
    next: info.nextActionTimes.map((time) => time.toISOString()),
    recentRuns: info.recentActions.map(({ action }) => action.workflow.workflowId),
  };
}
