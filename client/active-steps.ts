import { WorkflowNotFoundError } from '@temporalio/client';
import { generationWorkflowId, TRAINING_STEPS } from '../domain/protocol.js';
import type { StepProgress } from '../domain/records.js';
import type { Server } from './connect.js';
import { NO_TRAINER, trainerPolls } from './workers.js';

/** The steps that a run is at, and what is the matter with them. */
export interface ActiveSteps {
  readonly steps: readonly StepProgress[];
  readonly problems: readonly string[];
}

/** Number of temporal.api.enums.v1.PendingActivityState's SCHEDULED. */
const SCHEDULED = 1;

/** Reads the heartbeats of a run's pending steps, and of its generation in progress. */
export async function activeSteps(server: Server, runId: string, generation?: number): Promise<ActiveSteps> {
  const pending = [
    ...(await pendingActivities(server, runId)),
    ...(generation === undefined
      ? []
      : await pendingActivities(server, generationWorkflowId(runId, generation))),
  ];
  const { payloadConverter } = server.client.options.loadedDataConverter;
  const steps = pending.flatMap(({ activityType, heartbeatDetails }) => {
    const payload = heartbeatDetails?.payloads?.[0];
    return payload && isTrainingStep(activityType?.name)
      ? [payloadConverter.fromPayload<StepProgress>(payload)]
      : [];
  });
  const problems = pending.flatMap(({ activityType, attempt, maximumAttempts, lastFailure }) => {
    if (!lastFailure) return [];
    const of = maximumAttempts ? ` of ${maximumAttempts}` : '';
    return [`${activityType?.name}, attempt ${attempt}${of}, after: ${lastFailure.message}`];
  });
  const isWaiting = pending.some(
    ({ activityType, state }) => state === SCHEDULED && isTrainingStep(activityType?.name),
  );
  const isStuck = isWaiting && steps.length === 0 && !(await trainerPolls(server));
  return { steps, problems: isStuck ? [NO_TRAINER, ...problems] : problems };
}

function isTrainingStep(name: string | null | undefined): boolean {
  return TRAINING_STEPS.some((step) => step === name);
}

async function pendingActivities({ client }: Server, workflowId: string) {
  try {
    const { raw } = await client.workflow.getHandle(workflowId).describe();
    return raw.pendingActivities ?? [];
  } catch (error) {
    // The generation's workflow is about to be started.
    if (error instanceof WorkflowNotFoundError) return [];
    throw error;
  }
}
