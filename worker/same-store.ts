import type { ArtifactStore } from '../domain/artifact-store.js';
import { expectStore } from '../storage/store-identity.js';

/** Makes activities check, before they begin, that the store is still the one that the worker began with. */
export function onSameStore<Activities extends object>(
  store: ArtifactStore,
  storeId: string,
  activities: Activities,
): Activities {
  const wrapped = Object.entries(activities).map(([name, activity]) => [
    name,
    async (...input: unknown[]) => {
      await expectStore(store, storeId);
      return activity(...input);
    },
  ]);
  return Object.fromEntries(wrapped) as Activities;
}
