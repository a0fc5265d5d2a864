import { type WorkflowExecutionDescription, WorkflowNotFoundError } from '@temporalio/client';
import type { Server } from './connect.js';

/** Numbers of temporal.api.enums.v1.PendingActivityState. */
const STATE = { scheduled: 1, started: 2 } as const;

type PendingActivity = NonNullable<WorkflowExecutionDescription['raw']['pendingActivities']>[number];

/** Returns the activities that a workflow waits for; none if it has not started yet. */
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

/** Whether no worker has started it. Orchestrators start theirs immediately, so it waits for a trainer. */
export function isWaiting({ state }: PendingActivity): boolean {
  return state === STATE.scheduled;
}

/** Whether a trainer works on it: only trainers send heartbeats. */
export function isOnTrainer({ state, heartbeatDetails }: PendingActivity): boolean {
  return state === STATE.started && heartbeatDetails != null;
}

/** When the server starts the next attempt; undefined if it has started or may start now. */
export function nextAttemptAt(activity: PendingActivity, now = Date.now()): Date | undefined {
  const { seconds, nanos } = activity.nextAttemptScheduleTime ?? activity.scheduledTime ?? {};
  const at = Number(seconds ?? 0) * 1000 + Number(nanos ?? 0) / 1e6;
  return isWaiting(activity) && at > now ? new Date(at) : undefined;
}
