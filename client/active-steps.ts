import { generationWorkflowId } from '../domain/protocol.js';
import type { StepProgress } from '../domain/records.js';
import type { Server } from './connect.js';
import { ACTIVITY_STATE, isTrainingStep, pendingActivities } from './pending-activities.js';
import { whyNoTrainer } from './workers.js';

/** The steps that a run is at, and what is the matter with them. */
export interface ActiveSteps {
  readonly steps: readonly StepProgress[];
  readonly problems: readonly string[];
}

/** Reads the heartbeats of a run's pending steps, and of its generation in progress. */
export function activeSteps(server: Server, runId: string, generation?: number): Promise<ActiveSteps> {
  const child = generation === undefined ? [] : [generationWorkflowId(runId, generation)];
  return stepsOfWorkflows(server, [runId, ...child]);
}

/** Reads the heartbeats of the pending steps of some workflows. */
export async function stepsOfWorkflows(server: Server, ids: readonly string[]): Promise<ActiveSteps> {
  const pending = (await Promise.all(ids.map((id) => pendingActivities(server, id)))).flat();
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
    ({ activityType, state }) => state === ACTIVITY_STATE.scheduled && isTrainingStep(activityType?.name),
  );
  const why = isWaiting && steps.length === 0 ? await whyNoTrainer(server) : undefined;
  return { steps, problems: why === undefined ? problems : [why, ...problems] };
}
