import { Context } from '@temporalio/activity';
import { type ActivitiesOn, activityNamesOn } from '../activities/activities.js';
import { runActivity } from '../activities/run-activity.js';
import type { ArtifactStore } from '../domain/artifact-store.js';

/** The activities of an orchestrator worker: quick, in this process, without heartbeats. */
export function orchestrationActivities(store: ArtifactStore): ActivitiesOn<'orchestrator'> {
  const activities = activityNamesOn('orchestrator').map((name) => [
    name,
    (input: never) =>
      runActivity(name, input, {
        store,
        signal: Context.current().cancellationSignal,
        report: () => undefined,
      }),
  ]);
  return Object.fromEntries(activities) as ActivitiesOn<'orchestrator'>;
}
