import type { WorkflowExecutionInfo } from '@temporalio/client';
import { defineSearchAttributeKey } from '@temporalio/common';
import { isMethod, METHODS, type MethodName, type WorkStatus } from '../domain/methods.js';
import { RUN_WORKFLOW, SEARCH_ATTRIBUTES } from '../domain/protocol.js';
import type { Server } from './connect.js';

/** One line about a run. */
export interface RunSummary {
  readonly runId: string;
  readonly name: string;
  /** Absent for a noisy-student run. */
  readonly method?: MethodName;
  readonly status: WorkStatus;
  readonly dataset?: string;
  readonly generation?: number;
  /** Of the champion, on validation. */
  readonly accuracy?: number;
  readonly startedAt: string;
  readonly endedAt?: string;
}

export interface ListFilter {
  readonly status?: WorkStatus;
  readonly limit?: number;
}

const { status, dataset, generation, accuracy } = SEARCH_ATTRIBUTES;
const STATUS = defineSearchAttributeKey(status.name, status.type);
const DATASET = defineSearchAttributeKey(dataset.name, dataset.type);
const GENERATION = defineSearchAttributeKey(generation.name, generation.type);
const ACCURACY = defineSearchAttributeKey(accuracy.name, accuracy.type);

/** A part of a run whose next part goes on as a workflow of the same id. */
const TYPES = [RUN_WORKFLOW, ...METHODS].map((type) => `'${type}'`).join(', ');
const QUERY = `WorkflowType IN (${TYPES}) AND ExecutionStatus != 'ContinuedAsNew'`;

/** Runs, newest first. */
export async function listRuns(
  { client }: Server,
  { status: wanted, limit = 100 }: ListFilter,
): Promise<RunSummary[]> {
  const runs: RunSummary[] = [];
  // All of them are looked at: a server gives no order to rely on.
  for await (const workflow of client.workflow.list({ query: QUERY })) {
    runs.push(summaryOf(workflow));
  }
  return latestOf(runs)
    .filter(({ status }) => wanted === undefined || status === wanted)
    .slice(0, limit);
}

/** Newest first; of a run that was started again after it had failed, what it is now. */
export function latestOf(runs: readonly RunSummary[]): RunSummary[] {
  const seen = new Set<string>();
  return [...runs]
    .sort((a, b) => (a.startedAt < b.startedAt ? 1 : -1))
    .filter(({ runId }) => !seen.has(runId) && seen.add(runId));
}

function summaryOf(workflow: WorkflowExecutionInfo): RunSummary {
  const { workflowId, type, memo, typedSearchAttributes: attributes, startTime, closeTime } = workflow;
  const hash = attributes.get(DATASET);
  const number = attributes.get(GENERATION);
  const share = attributes.get(ACCURACY);
  return {
    runId: workflowId,
    name: typeof memo?.['name'] === 'string' ? memo['name'] : workflowId,
    ...(isMethod(type) && { method: type }),
    status: statusOf(workflow),
    ...(hash !== undefined && { dataset: hash }),
    ...(number !== undefined && { generation: number }),
    ...(share !== undefined && { accuracy: share }),
    startedAt: startTime.toISOString(),
    ...(closeTime && { endedAt: closeTime.toISOString() }),
  };
}

/** The server's word counts more than the run's: one that was terminated couldn't say so. */
export function statusOf({
  status: { name },
  typedSearchAttributes,
}: Pick<WorkflowExecutionInfo, 'status' | 'typedSearchAttributes'>): WorkStatus {
  if (name === 'COMPLETED') return 'completed';
  if (name === 'CANCELLED') return 'cancelled';
  if (name === 'RUNNING') return (typedSearchAttributes.get(STATUS) as WorkStatus | undefined) ?? 'preparing';
  return name === 'TERMINATED' ? 'cancelled' : 'failed';
}
