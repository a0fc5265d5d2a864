import { type ActivitiesOn, activityNamesOn } from '../../activities/activities.js';
import type { ActivityContext } from '../../activities/context.js';
import { runActivity } from '../../activities/run-activity.js';
import type { ArtifactStore } from '../../domain/artifact-store.js';

/** The services of an activity that nobody cancels and nobody watches. */
export function activityContext(store: ArtifactStore): ActivityContext {
  return { store, signal: new AbortController().signal, threads: 1, report: () => undefined };
}

/** The activities of an orchestrator, without Temporal. */
export function orchestratorActivities(store: ArtifactStore): ActivitiesOn<'orchestrator'> {
  const activities = activityNamesOn('orchestrator').map((name) => [
    name,
    (input: never) => runActivity(name, input, activityContext(store)),
  ]);
  return Object.fromEntries(activities) as ActivitiesOn<'orchestrator'>;
}
