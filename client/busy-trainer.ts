import { ORCHESTRATION_QUEUE } from '../domain/protocol.js';
import type { Server } from './connect.js';
import { ACTIVITY_STATE, isTrainingStep, pendingActivities } from './pending-activities.js';

/** Runs, their generations, methods, their trials: whatever has steps. */
const QUERY = `ExecutionStatus = 'Running' AND TaskQueue = '${ORCHESTRATION_QUEUE}'`;
/** Of many runs that wait, one at work is soon found; a look at a run isn't to take seconds. */
const LOOK_AT = 50;

/**
 * A run with a training step under way. A trainer whose slots are all in use asks for no work, so that the server
 * soon takes it for gone: that it isn't shows only in what it is at.
 */
export async function runAtWork({ client }: Pick<Server, 'client'>): Promise<string | undefined> {
  let looked = 0;
  for await (const { workflowId } of client.workflow.list({ query: QUERY })) {
    const pending = await pendingActivities({ client }, workflowId);
    const isAtWork = pending.some(
      ({ activityType, state }) => state === ACTIVITY_STATE.started && isTrainingStep(activityType?.name),
    );
    // Workflows of a part of it are called RUN/generation-N, RUN/trial-N.
    if (isAtWork) return workflowId.split('/')[0];
    looked += 1;
    if (looked === LOOK_AT) return undefined;
  }
  return undefined;
}
