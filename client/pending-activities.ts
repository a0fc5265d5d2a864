import { type WorkflowExecutionDescription, WorkflowNotFoundError } from '@temporalio/client';
import type { Server } from './connect.js';

/** Numbers of temporal.api.enums.v1.PendingActivityState. */
const STATE = { scheduled: 1, started: 2 } as const;

type PendingActivity = NonNullable<WorkflowExecutionDescription['raw']['pendingActivities']>[number];

/** The activities that a workflow waits for; none if there is no such workflow, which may be about to start. */
export async function pendingActivities(
  { client }: Pick<Server, 'client'>,
  workflowId: string,
): Promise<readonly PendingActivity[]> {
  try {
    const { raw } = await client.workflow.getHandle(workflowId).describe();
    return raw.pendingActivities ?? [];
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return [];
    throw error;
  }
}

/** Whether no worker has taken it yet. Orchestrators take theirs at once, so it waits for a trainer. */
export function isWaiting({ state }: PendingActivity): boolean {
  return state === STATE.scheduled;
}

/** Whether a trainer is at work on it: only trainers send heartbeats. */
export function isOnTrainer({ state, heartbeatDetails }: PendingActivity): boolean {
  return state === STATE.started && heartbeatDetails != null;
}
