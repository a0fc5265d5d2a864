import type { WorkflowExecutionInfo } from '@temporalio/client';
import { defineSearchAttributeKey } from '@temporalio/common';
import { DEFAULT_METHOD, type MethodName } from '../domain/methods.js';
import { RUN_WORKFLOW, SEARCH_ATTRIBUTES } from '../domain/protocol.js';
import type { RunStatus } from '../domain/run.js';
import type { Server } from './connect.js';

export interface RunSummary {
  readonly runId: string;
  readonly name: string;
  readonly method: MethodName;
  readonly status: RunStatus;
  /** The running stage, or the last one. */
  readonly stage?: string;
  readonly dataset?: string;
  /** Validation accuracy of the best model so far. */
  readonly accuracy?: number;
  readonly startedAt: string;
  readonly endedAt?: string;
}

export interface ListFilter {
  readonly status?: RunStatus;
  readonly method?: MethodName;
  readonly limit?: number;
}

const { status, stage, dataset, accuracy } = SEARCH_ATTRIBUTES;
const STATUS = defineSearchAttributeKey(status.name, status.type);
const DATASET = defineSearchAttributeKey(dataset.name, dataset.type);
const STAGE = defineSearchAttributeKey(stage.name, stage.type);
const ACCURACY = defineSearchAttributeKey(accuracy.name, accuracy.type);

/** Excludes earlier executions of a run that continued as new. */
const QUERY = `WorkflowType = '${RUN_WORKFLOW}' AND ExecutionStatus != 'ContinuedAsNew'`;

/** Runs, newest first. */
export async function listRuns(
  { client }: Server,
  { status: wanted, method: ofMethod, limit = 100 }: ListFilter,
): Promise<RunSummary[]> {
  const runs: RunSummary[] = [];
  // Reads all of them: the server promises no order.
  for await (const workflow of client.workflow.list({ query: QUERY })) {
    runs.push(summaryOf(workflow));
  }
  return latestOf(runs)
    .filter(({ status, method }) => (wanted ?? status) === status && (ofMethod ?? method) === method)
    .slice(0, limit);
}

/** Newest first; only the latest execution of a run that was started again. */
export function latestOf(runs: readonly RunSummary[]): RunSummary[] {
  const seen = new Set<string>();
  return [...runs]
    .sort((a, b) => (a.startedAt < b.startedAt ? 1 : -1))
    .filter(({ runId }) => !seen.has(runId) && seen.add(runId));
}

function summaryOf(workflow: WorkflowExecutionInfo): RunSummary {
  const { workflowId, memo, typedSearchAttributes: attributes, startTime, closeTime } = workflow;
  const hash = attributes.get(DATASET);
  const current = attributes.get(STAGE);
  const share = attributes.get(ACCURACY);
  return {
    runId: workflowId,
    name: typeof memo?.['name'] === 'string' ? memo['name'] : workflowId,
    method: (memo?.['method'] as MethodName | undefined) ?? DEFAULT_METHOD,
    status: statusOf(workflow),
    ...(hash !== undefined && { dataset: hash }),
    ...(current !== undefined && { stage: current }),
    ...(share !== undefined && { accuracy: share }),
    startedAt: startTime.toISOString(),
    ...(closeTime && { endedAt: closeTime.toISOString() }),
  };
}

/** The server's status has priority: a terminated run could not update its search attribute. */
export function statusOf({
  status: { name },
  typedSearchAttributes,
}: Pick<WorkflowExecutionInfo, 'status' | 'typedSearchAttributes'>): RunStatus {
  if (name === 'COMPLETED') return 'completed';
  if (name === 'CANCELLED') return 'cancelled';
  if (name === 'RUNNING') return (typedSearchAttributes.get(STATUS) as RunStatus | undefined) ?? 'running';
  return name === 'TERMINATED' ? 'cancelled' : 'failed';
}
