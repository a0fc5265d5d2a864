import { isDeepStrictEqual } from 'node:util';
import type { ArtifactStore } from '../domain/artifact-store.js';
import type { ModelVersion } from '../domain/records.js';
import { champion } from '../storage/registry.js';
import type { FindReigningInput } from './contract.js';

/**
 * The champion that an earlier run left in the line.
 * @returns null where there is none, or one that can't be asked about this run's images: of other classes or
 *   another size, or removed from the store
 */
export async function findReigning(
  { runId, config, dataset }: FindReigningInput,
  store: ArtifactStore,
): Promise<ModelVersion | null> {
  const reigning = await champion(store, config.name);
  if (!reigning || reigning.runId === runId) return null;
  const { classes, image, modelKey } = reigning;
  const isComparable =
    isDeepStrictEqual(classes, dataset.classes) &&
    isDeepStrictEqual(image, dataset.image) &&
    (await store.has(`${modelKey}/model.json`));
  return isComparable ? reigning : null;
}
