import type { WorkflowHandle } from '@temporalio/client';
import { PROGRESS_QUERY, type RunInput } from '../domain/protocol.js';
import type { RunProgress, RunReport, RunStatus } from '../domain/records.js';
import type { Server } from './connect.js';

const ANSWER_WITHIN_MS = 3_000;

/** What the run itself says; needs an orchestrator. */
export function queryProgress({ client }: Server, handle: WorkflowHandle): Promise<RunProgress> {
  return client.withDeadline(Date.now() + ANSWER_WITHIN_MS, () => handle.query<RunProgress>(PROGRESS_QUERY));
}

/** What a run began with, out of its history: all that can be said where no orchestrator is. */
export async function recordedProgress(
  { client, connection }: Server,
  handle: WorkflowHandle,
  status: RunStatus,
  report?: RunReport,
): Promise<RunProgress> {
  const { history } = await connection.workflowService.getWorkflowExecutionHistory({
    namespace: client.options.namespace,
    execution: { workflowId: handle.workflowId },
    maximumPageSize: 1,
  });
  const started = history?.events?.[0];
  const payload = started?.workflowExecutionStartedEventAttributes?.input?.payloads?.[0];
  if (!payload) throw new Error(`${handle.workflowId}: its history has no beginning`);
  const { config, continued } =
    client.options.loadedDataConverter.payloadConverter.fromPayload<RunInput>(payload);
  const generations = report?.generations ?? continued?.generations ?? [];
  const dataset = report?.dataset ?? continued?.dataset;
  const beganAt = new Date(Number(started?.eventTime?.seconds ?? 0) * 1000).toISOString();
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
