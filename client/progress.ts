import type { WorkflowHandle } from '@temporalio/client';
import { PROGRESS_QUERY, type RunInput } from '../domain/protocol.js';
import type { RunProgress, RunReport, RunStatus } from '../domain/records.js';
import type { Server } from './connect.js';

const ANSWER_WITHIN_MS = 3_000;

/** What the run itself says; needs an orchestrator. */
export function queryProgress({ client }: Server, handle: WorkflowHandle): Promise<RunProgress> {
  return client.withDeadline(Date.now() + ANSWER_WITHIN_MS, () => handle.query<RunProgress>(PROGRESS_QUERY));
}

/** What a workflow began with, out of its history. */
export async function firstInput<Input>(
  { client, connection }: Server,
  handle: WorkflowHandle,
): Promise<{ readonly input: Input; readonly beganAt: string }> {
  const { history } = await connection.workflowService.getWorkflowExecutionHistory({
    namespace: client.options.namespace,
    execution: { workflowId: handle.workflowId },
    maximumPageSize: 1,
  });
  const started = history?.events?.[0];
  const payload = started?.workflowExecutionStartedEventAttributes?.input?.payloads?.[0];
  if (!payload) throw new Error(`${handle.workflowId}: its history has no beginning`);
  return {
    input: client.options.loadedDataConverter.payloadConverter.fromPayload<Input>(payload),
    beganAt: new Date(Number(started?.eventTime?.seconds ?? 0) * 1000).toISOString(),
  };
}

/** What a run began with: all that can be said where no orchestrator is. */
export async function recordedProgress(
  server: Server,
  handle: WorkflowHandle,
  status: RunStatus,
  report?: RunReport,
): Promise<RunProgress> {
  const { input, beganAt } = await firstInput<RunInput>(server, handle);
  const { config, continued } = input;
  const generations = report?.generations ?? continued?.generations ?? [];
  const dataset = report?.dataset ?? continued?.dataset;
  return {
    runId: handle.workflowId,
    config,
    status,
    paused: status === 'paused',
    generation: generations.at(-1)?.generation ?? 0,
    ...(dataset && { dataset }),
    generations,
    startedAt: continued?.startedAt ?? beganAt,
  };
}
