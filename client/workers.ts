import type { WorkflowExecutionDescription } from '@temporalio/client';
import { ORCHESTRATION_QUEUE, TRAINING_QUEUE } from '../domain/protocol.js';
import { busyRun } from './busy-trainer.js';
import type { Server } from './connect.js';

/** Numbers of temporal.api.enums.v1.TaskQueueType. */
const QUEUE_TYPE = { workflow: 1, activity: 2 } as const;
/** A worker asks at least once a minute; one that is gone stays on the server's list for some more. */
const HEARD_WITHIN_MS = 75_000;

/** Whether a worker asks for workflows' tasks. */
export function orchestratorPolls(server: Server): Promise<boolean> {
  return polls(server, ORCHESTRATION_QUEUE, QUEUE_TYPE.workflow);
}

/** A task of a workflow that was begun so often does not fail by a worker's end alone. */
const FAILS_FROM = 3;

/** Why a workflow does not say how it is, for people. */
export async function whyUnanswered(
  server: Server,
  { raw }: Pick<WorkflowExecutionDescription, 'raw'>,
): Promise<string> {
  if (!(await orchestratorPolls(server))) return NO_ORCHESTRATOR;
  const attempt = raw.pendingWorkflowTask?.attempt ?? 0;
  if (attempt < FAILS_FROM) return BUSY_ORCHESTRATOR;
  return `the orchestrator can’t go on with it, and has begun ${attempt} times: its log, and the page of the run at the Temporal server, say why`;
}

/** Why a training step waits; undefined where a trainer is about to take it. */
export async function whyNoTrainer(server: Server): Promise<string | undefined> {
  if (await polls(server, TRAINING_QUEUE, QUEUE_TYPE.activity)) return undefined;
  const busyWith = await busyRun(server);
  return busyWith === undefined ? NO_TRAINER : busyTrainer(busyWith);
}

async function polls({ client, connection }: Server, name: string, taskQueueType: number): Promise<boolean> {
  const { pollers } = await connection.workflowService.describeTaskQueue({
    namespace: client.options.namespace,
    taskQueue: { name },
    taskQueueType,
  });
  const now = Date.now();
  return (pollers ?? []).some(
    ({ lastAccessTime }) => now - Number(lastAccessTime?.seconds ?? 0) * 1000 < HEARD_WITHIN_MS,
  );
}

export const NO_ORCHESTRATOR =
  'no orchestrator answers: start one with `apprentice up` or `apprentice worker --role orchestrator`';
const BUSY_ORCHESTRATOR =
  'the orchestrator did not answer in time: it is busy, or has just ended (`apprentice worker --role orchestrator` starts one more)';
const NO_TRAINER =
  'no trainer asks for work: start one with `apprentice up` or `apprentice worker --role trainer`';

function busyTrainer(runId: string): string {
  return `waits for a trainer, which is busy with ${runId}: \`apprentice up --trainers 2\` or a worker more trains both at once`;
}
