import {
  ScheduleAlreadyRunning,
  type ScheduleHandle,
  ScheduleNotFoundError,
  ServiceError,
  type ScheduleSummary as TemporalSummary,
} from '@temporalio/client';
import { ConfigurationError } from '../domain/errors.js';
import { DEFAULT_METHOD, type MethodName, type RunConfigInput } from '../domain/methods.js';
import { OVERLAP_POLICIES, type OverlapPolicy } from '../domain/overlap.js';
import { RUN_WORKFLOW } from '../domain/protocol.js';
import { assertId } from './assert-id.js';
import type { Server } from './connect.js';
import { UnknownScheduleError } from './errors.js';
import { checkedConfig, runAction, servedQueues } from './start.js';

export interface ScheduleOptions {
  /** A cron expression in UTC, for example `0 3 * * *`; other time zones: `CRON_TZ=Europe/Zurich 0 3 * * *`. */
  readonly cron?: string;
  /** An interval, for example `6h` or `7 days`. */
  readonly every?: string;
  readonly overlap?: OverlapPolicy;
  readonly note?: string;
}

export interface ScheduleSummary {
  readonly id: string;
  readonly name: string;
  readonly method: MethodName;
  /** The cron expression or interval. */
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
   * Starts runs with the ids `<schedule id>-<time>`.
   * @throws ConfigurationError if the times or the configuration are invalid, or the id is taken
   */
  create(id: string, config: RunConfigInput, options: ScheduleOptions): Promise<void>;
  list(): Promise<ScheduleSummary[]>;
  pause(id: string, note?: string): Promise<void>;
  resume(id: string, note?: string): Promise<void>;
  /** Starts a run now, subject to the overlap policy. */
  trigger(id: string): Promise<void>;
  /** Does not affect runs that it has started. */
  delete(id: string): Promise<void>;
}

const INVALID_ARGUMENT = 3;
/** Leaves room for the time in the run id. */
const MAX_ID_LENGTH = 170;
/** After an outage, runs missed within this time are started. */
const CATCH_UP = '1 day';

export function schedulesOf(server: Server): Schedules {
  const { client } = server;
  const withSchedule = async (id: string, work: (handle: ScheduleHandle) => Promise<void>) => {
    assertId('schedule', id);
    try {
      await work(client.schedule.getHandle(id));
    } catch (error) {
      if (!(error instanceof ScheduleNotFoundError)) throw error;
      throw new UnknownScheduleError(
        `schedule: received "${id}", expected the id of a schedule: see \`apprentice schedule list\``,
        {
          cause: error,
        },
      );
    }
  };
  return {
    create: (id, config, options) => createSchedule(server, id, config, options),
    async list() {
      const schedules: ScheduleSummary[] = [];
      for await (const schedule of client.schedule.list()) {
        if (schedule.action?.workflowType === RUN_WORKFLOW) schedules.push(summaryOf(schedule));
      }
      return schedules;
    },
    pause: (id, note) => withSchedule(id, (handle) => handle.pause(note ?? 'paused')),
    resume: (id, note) => withSchedule(id, (handle) => handle.unpause(note ?? 'resumed')),
    trigger: (id) => withSchedule(id, (handle) => handle.trigger()),
    delete: (id) => withSchedule(id, (handle) => handle.delete()),
  };
}

async function createSchedule(
  server: Server,
  id: string,
  input: RunConfigInput,
  { cron, every, overlap = 'skip', note }: ScheduleOptions,
): Promise<void> {
  assertId('schedule id', id, MAX_ID_LENGTH);
  const config = checkedConfig(input);
  if ((cron === undefined) === (every === undefined)) {
    throw new ConfigurationError(
      `schedule: received ${cron === undefined ? 'neither cron nor every' : 'both cron and every'}, expected one of them`,
    );
  }
  if ((cron ?? every)!.trim() === '') {
    throw new ConfigurationError(
      `schedule: received ${JSON.stringify(cron ?? every)}, expected a cron expression such as "0 3 * * *" or an interval such as "6h"`,
    );
  }
  const queues = await servedQueues(server);
  try {
    const handle = await server.client.schedule.create({
      scheduleId: id,
      spec: cron === undefined ? { intervals: [{ every: every as never }] } : { cronExpressions: [cron] },
      action: {
        type: 'startWorkflow',
        workflowType: RUN_WORKFLOW,
        workflowId: id,
        ...runAction(config, queues),
      },
      policies: { overlap: OVERLAP_POLICIES[overlap], catchupWindow: CATCH_UP },
      memo: { name: config.name, method: config.method, when: cron ?? `every ${every}`, overlap },
      ...(note && { state: { note } }),
    });
    await expectTimes(handle, cron ?? every!);
  } catch (error) {
    throw translateCreateError(id, cron ?? every, error);
  }
}

/**
 * The server takes a cron expression that never comes true, such as February 30th; only it knows its own grammar.
 * @throws ConfigurationError, after it has deleted such a schedule
 */
async function expectTimes(handle: ScheduleHandle, when: string): Promise<void> {
  const { info } = await handle.describe();
  if (info.nextActionTimes.length > 0) return;
  await handle.delete();
  throw new ConfigurationError(
    `schedule: received "${when}", which never comes, expected times in the future: check day and month (30 2 is February 30th)`,
  );
}

function translateCreateError(id: string, when: string | undefined, error: unknown): unknown {
  if (error instanceof ScheduleAlreadyRunning) {
    return new ConfigurationError(`schedule: received "${id}", which exists already, expected an unused id`, {
      cause: error,
    });
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

function summaryOf({ scheduleId, memo, state, info }: TemporalSummary): ScheduleSummary {
  const {
    name = '',
    method = DEFAULT_METHOD,
    when = '',
    overlap = 'skip',
  } = (memo ?? {}) as Partial<ScheduleSummary>;
  return {
    id: scheduleId,
    name,
    method,
    when,
    overlap,
    paused: state.paused,
    ...(state.note && { note: state.note }),
    next: info.nextActionTimes.map((time) => time.toISOString()),
    recentRuns: info.recentActions.map(({ action }) => action.workflow.workflowId),
  };
}
