import { join } from 'node:path';
import type { WorkflowExecutionDescription } from '@temporalio/client';
import { polls } from '../connection/known-stores.js';
import { type Queues, trainingQueueOf } from '../domain/protocol.js';
import { busyRun } from './busy-trainer.js';
import type { Server } from './connect.js';
import { otherStoresText } from './stores.js';

/** A workflow task with so many attempts has failed, rather than lost its worker. */
const FAILS_FROM = 3;

/** Explains why a workflow does not answer queries. */
export async function whyUnanswered(
  server: Server,
  { raw, taskQueue }: Pick<WorkflowExecutionDescription, 'raw' | 'taskQueue'>,
): Promise<string> {
  if (!(await isServed(server, taskQueue))) return noOrchestrator(server, taskQueue);
  const attempt = raw.pendingWorkflowTask?.attempt ?? 0;
  if (attempt < FAILS_FROM) return BUSY_ORCHESTRATOR;
  return `the orchestrator fails to run the workflow (attempt ${attempt}): see its log`;
}

/** Explains why an activity waits for a trainer; undefined if a trainer is about to start it. */
export async function whyNoTrainer(
  server: Server,
  orchestration: Queues['orchestration'],
): Promise<string | undefined> {
  const { client, connection } = server;
  const training = trainingQueueOf(orchestration);
  const { namespace } = client.options;
  if (await polls(connection.workflowService, namespace, training, 'activities')) return undefined;
  const busyWith = await busyRun(server, orchestration);
  if (busyWith === undefined) return absent(server, NO_TRAINER, orchestration);
  return `waits for a trainer, which is busy with ${busyWith}: \`apprentice up --trainers 2\` or another worker trains both at once`;
}

/** Says that no orchestrator answers, and which stores the workers have that do. */
export function noOrchestrator(server: Server, orchestration: string | undefined): Promise<string> {
  return absent(server, NO_ORCHESTRATOR, orchestration);
}

async function absent(
  server: Server,
  { what, role, log }: typeof NO_ORCHESTRATOR | typeof NO_TRAINER,
  orchestration: string | undefined,
): Promise<string> {
  const others = orchestration === undefined ? '' : await otherStoresText(server, orchestration);
  // The private server runs, so its `up` does: it is starting the worker, or starting it again.
  if (server.upLogs !== undefined && others === '') {
    return `${what} yet: \`apprentice up\` is starting it; ${join(server.upLogs, log)} says what it does`;
  }
  return `${what}: start one with \`apprentice up\` or \`apprentice worker --role ${role}\`${others}`;
}

/** Whether a worker polls for workflow tasks. */
export function isServed({ client, connection }: Server, orchestration: string): Promise<boolean> {
  return polls(connection.workflowService, client.options.namespace, orchestration);
}

const NO_ORCHESTRATOR = {
  what: 'no orchestrator answers',
  role: 'orchestrator',
  log: 'orchestrator.log',
} as const;
const NO_TRAINER = { what: 'no trainer is running', role: 'trainer', log: 'trainer-1.log' } as const;
const BUSY_ORCHESTRATOR =
  'the orchestrator did not answer in time: it is busy, or has just ended (`apprentice worker --role orchestrator` starts another)';
