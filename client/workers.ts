import type { WorkflowExecutionDescription } from '@temporalio/client';
import { ORCHESTRATION_QUEUE, TRAINING_QUEUE } from '../domain/protocol.js';
import { busyRun } from './busy-trainer.js';
import type { Server } from './connect.js';

/** Numbers of temporal.api.enums.v1.TaskQueueType. */
const QUEUE_TYPE = { workflow: 1, activity: 2 } as const;
/** Workers poll at least once a minute; the server lists a dead one for longer. */
const ALIVE_MS = 75_000;

/** Whether a worker polls for workflow tasks. */
export function orchestratorPolls(server: Server): Promise<boolean> {
  return polls(server, ORCHESTRATION_QUEUE, QUEUE_TYPE.workflow);
}

/** A workflow task with so many attempts has failed, rather than lost its worker. */
const FAILS_FROM = 3;

/** Explains why a workflow does not answer queries. */
export async function whyUnanswered(
  server: Server,
  { raw }: Pick<WorkflowExecutionDescription, 'raw'>,
): Promise<string> {
  if (!(await orchestratorPolls(server))) return NO_ORCHESTRATOR;
  const attempt = raw.pendingWorkflowTask?.attempt ?? 0;
  if (attempt < FAILS_FROM) return BUSY_ORCHESTRATOR;
  return `the orchestrator fails to run the workflow (attempt ${attempt}): see its log and the run's page in the Temporal UI`;
}

/** Explains why an activity waits for a trainer; undefined if a trainer is about to start it. */
export async function whyNoTrainer(server: Server): Promise<string | undefined> {
  if (await polls(server, TRAINING_QUEUE, QUEUE_TYPE.activity)) return undefined;
  const busyWith = await busyRun(server);
  if (busyWith === undefined) return NO_TRAINER;
  return `waits for a trainer, which is busy with ${busyWith}: \`apprentice up --trainers 2\` or another worker trains both at once`;
}

async function polls({ client, connection }: Server, name: string, taskQueueType: number): Promise<boolean> {
  const { pollers } = await connection.workflowService.describeTaskQueue({
    namespace: client.options.namespace,
    taskQueue: { name },
    taskQueueType,
  });
  const now = Date.now();
  return (pollers ?? []).some(
    ({ lastAccessTime }) => now - Number(lastAccessTime?.seconds ?? 0) * 1000 < ALIVE_MS,
  );
}

export const NO_ORCHESTRATOR =
  'no orchestrator answers: start one with `apprentice up` or `apprentice worker --role orchestrator`';
const BUSY_ORCHESTRATOR =
  'the orchestrator did not answer in time: it is busy, or has just ended (`apprentice worker --role orchestrator` starts another)';
const NO_TRAINER =
  'no trainer is running: start one with `apprentice up` or `apprentice worker --role trainer`';
