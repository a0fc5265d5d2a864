import { WorkflowNotFoundError } from '@temporalio/client';
import { TRAINING_STEPS } from '../domain/protocol.js';
import type { Server } from './connect.js';

/** Numbers of temporal.api.enums.v1.PendingActivityState. */
export const ACTIVITY_STATE = { scheduled: 1, started: 2 } as const;

/** What a workflow waits for; nothing where there is no such workflow, for it may be about to be started. */
export async function pendingActivities({ client }: Pick<Server, 'client'>, workflowId: string) {
  try {
    const { raw } = await client.workflow.getHandle(workflowId).describe();
    return raw.pendingActivities ?? [];
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return [];
    throw error;
  }
}

export function isTrainingStep(name: string | null | undefined): boolean {
  return TRAINING_STEPS.some((step) => step === name);
}
