import { type Queues, runIdOf } from '../domain/protocol.js';
import type { Server } from './connect.js';
import { isOnTrainer, pendingActivities } from './pending-activities.js';

/** Limits the duration of a snapshot. */
const MAX_WORKFLOWS = 50;

/**
 * Finds a run that a trainer works on. A trainer without a free slot does not poll, so the server does not list it; only
 * its activities show that it is alive.
 */
export async function busyRun(
  { client }: Pick<Server, 'client'>,
  orchestration: Queues['orchestration'],
): Promise<string | undefined> {
  const query = `ExecutionStatus = 'Running' AND TaskQueue = '${orchestration}'`;
  let checked = 0;
  for await (const { workflowId } of client.workflow.list({ query })) {
    const pending = await pendingActivities({ client }, workflowId);
    if (pending.some(isOnTrainer)) return runIdOf(workflowId);
    if (++checked === MAX_WORKFLOWS) return undefined;
  }
  return undefined;
}
