import type { ActivityProgress } from '../domain/records.js';
import type { Server } from './connect.js';
import { isWaiting, nextAttemptAt, pendingActivities } from './pending-activities.js';
import { whyNoTrainer } from './workers.js';

/** The activities of a run on trainers, and what delays them. */
export interface RunningActivities {
  readonly activities: readonly ActivityProgress[];
  readonly problems: readonly string[];
}

/**
 * Reads the heartbeats of the pending activities of some workflows.
 * @param orchestration the task queue of these workflows
 */
export async function runningActivities(
  server: Server,
  ids: readonly string[],
  orchestration: string,
): Promise<RunningActivities> {
  const pending = (await Promise.all(ids.map((id) => pendingActivities(server, id)))).flat();
  const { payloadConverter } = server.client.options.loadedDataConverter;
  const activities = pending.flatMap(({ heartbeatDetails }) => {
    const payload = heartbeatDetails?.payloads?.[0];
    return payload ? [payloadConverter.fromPayload<ActivityProgress>(payload)] : [];
  });
  const problems = pending.flatMap((activity) => {
    const { activityType, attempt, maximumAttempts, lastFailure } = activity;
    if (!lastFailure) return [];
    const of = maximumAttempts ? ` of ${maximumAttempts}` : '';
    const next = nextAttemptAt(activity);
    const when = next ? ` begins at ${next.toISOString().slice(11, 19)} UTC` : '';
    return [`${activityType?.name}, attempt ${attempt}${of}${when}, last failure: ${lastFailure.message}`];
  });
  const why =
    activities.length === 0 && pending.some(isWaiting)
      ? await whyNoTrainer(server, orchestration)
      : undefined;
  return { activities, problems: why === undefined ? problems : [why, ...problems] };
}
