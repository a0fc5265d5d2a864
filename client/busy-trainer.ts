import { ORCHESTRATION_QUEUE, runIdOf } from '../domain/protocol.js';
import type { Server } from './connect.js';
import { isOnTrainer, pendingActivities } from './pending-activities.js';

/** Runs and their child workflows. */
const QUERY = `ExecutionStatus = 'Running' AND TaskQueue = '${ORCHESTRATION_QUEUE}'`;
/** Among many runs, one at work is soon found; a snapshot should not take seconds. */
const LOOK_AT = 50;

/**
 * A run that a trainer works on. A trainer whose slots are all in use does not poll, so the server soon lists it no more:
 * that it lives shows in its activities only.
 */
export async function busyRun({ client }: Pick<Server, 'client'>): Promise<string | undefined> {
  let looked = 0;
  for await (const { workflowId } of client.workflow.list({ query: QUERY })) {
    const pending = await pendingActivities({ client }, workflowId);
    if (pending.some(isOnTrainer)) return runIdOf(workflowId);
    looked += 1;
    if (looked === LOOK_AT) return undefined;
  }
  return undefined;
}
