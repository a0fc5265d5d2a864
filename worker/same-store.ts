import type { ArtifactStore } from '../domain/artifact-store.js';
import { expectStore } from '../storage/store-identity.js';
import { aroundActivities } from './around-activities.js';

/** Makes activities check, before they begin, that the store is still the one that the worker began with. */
export function onSameStore<Activities extends object>(
  store: ArtifactStore,
  storeId: string,
  activities: Activities,
): Activities {
  return aroundActivities(activities, async (_, call) => {
    await expectStore(store, storeId);
    return call();
  });
}
