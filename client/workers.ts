import { ORCHESTRATION_QUEUE, TRAINING_QUEUE } from '../domain/protocol.js';
import { runAtWork } from './busy-trainer.js';
import type { Server } from './connect.js';

/** Numbers of temporal.api.enums.v1.TaskQueueType. */
const QUEUE_TYPE = { workflow: 1, activity: 2 } as const;
/** A worker asks at least once a minute; one that is gone stays on the server's list for some more. */
const HEARD_WITHIN_MS = 75_000;

/** Whether a worker asks for workflows' tasks. */
export function orchestratorPolls(server: Server): Promise<boolean> {
  return polls(server, ORCHESTRATION_QUEUE, QUEUE_TYPE.workflow);
}

/** Why a training step waits; undefined where a trainer is about to take it. */
export async function whyNoTrainer(server: Server): Promise<string | undefined> {
  if (await polls(server, TRAINING_QUEUE, QUEUE_TYPE.activity)) return undefined;
  const busyWith = await runAtWork(server);
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
const NO_TRAINER =
  'no trainer asks for work: start one with `apprentice up` or `apprentice worker --role trainer`';

function busyTrainer(runId: string): string {
  return `waits for a trainer, which is busy with ${runId}: \`apprentice up --trainers 2\` or a worker more trains both at once`;
}
