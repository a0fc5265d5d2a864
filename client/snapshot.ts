import type { WorkflowHandle } from '@temporalio/client';
import { payloadCodec } from '../connection/payload-codec.js';
import { METHODS, type MethodName, type ProgressOf, type ReportOf } from '../domain/methods.js';
import { PROGRESS_QUERY } from '../domain/protocol.js';
import type { ActivityProgress } from '../domain/records.js';
import type { RunInput, RunProgress, RunReport, RunStatus } from '../domain/run.js';
import type { Server } from './connect.js';
import { isUnanswered } from './failures.js';
import { statusOf } from './list.js';
import { type Outcome, outcomeOf } from './outcome.js';
import { runningActivities } from './running-activities.js';
import { foreignStoreText } from './stores.js';
import { whyUnanswered } from './workers.js';

/** The state of a run at one moment. */
export interface RunSnapshot<Name extends MethodName = MethodName> {
  readonly progress: ProgressOf<Name>;
  /** Activities on trainers, as of their last heartbeats. */
  readonly activities: readonly ActivityProgress[];
  /** What delays the run, as text: no worker, an activity that is retried, no server. */
  readonly problems: readonly string[];
  /** Present once the run has ended. */
  readonly outcome?: Outcome<ReportOf<Name>>;
}

const QUERY_TIMEOUT_MS = 3_000;

export async function takeSnapshot(server: Server, runId: string): Promise<RunSnapshot> {
  const handle = server.client.workflow.getHandle(runId);
  const described = await handle.describe();
  const status = statusOf(described);
  const answered = await queryProgress(server, handle);
  const foreignStore = await foreignStoreText(server, described.taskQueue);
  const foreign = foreignStore === undefined ? [] : [foreignStore];
  if (described.status.name !== 'RUNNING') {
    const outcome = await outcomeOf<RunReport>(handle);
    const progress = answered ?? (await recordedProgress(server, handle, status, outcome.report));
    return typed({ progress: { ...progress, status }, activities: [], problems: foreign, outcome });
  }
  const progress = answered ?? (await recordedProgress(server, handle, status));
  const { activities, problems } = await runningActivities(
    server,
    [runId, ...progress.children],
    described.taskQueue,
  );
  const unanswered = answered ? [] : [await whyUnanswered(server, described)];
  return typed({ progress, activities, problems: [...foreign, ...unanswered, ...problems] });
}

/** The types of details and report follow from the configuration's method. */
function typed(snapshot: { readonly [Key in keyof RunSnapshot]: unknown }): RunSnapshot {
  return snapshot as RunSnapshot;
}

/** Queries the workflow; undefined if no orchestrator answers. */
async function queryProgress({ client }: Server, handle: WorkflowHandle): Promise<RunProgress | undefined> {
  try {
    return await client.withDeadline(Date.now() + QUERY_TIMEOUT_MS, () =>
      handle.query<RunProgress>(PROGRESS_QUERY),
    );
  } catch (error) {
    if (isUnanswered(error)) return undefined;
    throw error;
  }
}

/** Restores the progress from history and report, without an orchestrator. */
async function recordedProgress(
  server: Server,
  handle: WorkflowHandle,
  status: RunStatus,
  report?: RunReport,
): Promise<RunProgress> {
  const { input, startedAt } = await firstInput(server, handle);
  const { config, continued } = input;
  const details = report && METHODS[config.method as MethodName].detailsOf?.(report as never);
  const dataset = continued?.dataset;
  return {
    runId: handle.workflowId,
    config,
    status,
    paused: status === 'paused',
    stages: continued?.stages ?? [],
    ...(dataset && { dataset }),
    children: [],
    ...(details && { details }),
    startedAt: continued?.startedAt ?? startedAt,
  };
}

/** Reads a workflow's input from its history. */
async function firstInput(
  { client, connection }: Server,
  handle: WorkflowHandle,
): Promise<{ readonly input: RunInput; readonly startedAt: string }> {
  const { history } = await connection.workflowService.getWorkflowExecutionHistory({
    namespace: client.options.namespace,
    execution: { workflowId: handle.workflowId },
    maximumPageSize: 1,
  });
  const started = history?.events?.[0];
  const payload = started?.workflowExecutionStartedEventAttributes?.input?.payloads?.[0];
  if (!payload) throw new Error(`${handle.workflowId}: the history has no input`);
  const [decoded] = await payloadCodec.decode([payload]);
  return {
    input: client.options.loadedDataConverter.payloadConverter.fromPayload<RunInput>(decoded!),
    startedAt: new Date(Number(started?.eventTime?.seconds ?? 0) * 1000).toISOString(),
  };
}
