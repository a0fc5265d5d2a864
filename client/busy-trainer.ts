import { ORCHESTRATION_QUEUE, runIdOf } from '../domain/protocol.js';
import type { Server } from './connect.js';
import { isOnTrainer, pendingActivities } from './pending-activities.js';

const QUERY = `ExecutionStatus = 'Running' AND TaskQueue = '${ORCHESTRATION_QUEUE}'`;
/** Limits the duration of a snapshot. */
const MAX_WORKFLOWS = 50;

/**
 * Finds a run that a trainer works on. A trainer without a free slot does not poll, so the server does not list it; only
 * its activities show that it is alive.
 */
export async function busyRun({ client }: Pick<Server, 'client'>): Promise<string | undefined> {
  let checked = 0;
  for await (const { workflowId } of client.workflow.list({ query: QUERY })) {
    const pending = await pendingActivities({ client }, workflowId);
    if (pending.some(isOnTrainer)) return runIdOf(workflowId);
    if (++checked === MAX_WORKFLOWS) return undefined;
  }
  return undefined;
}
