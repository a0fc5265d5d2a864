import { isDeepStrictEqual } from 'node:util';
import type { ArtifactStore } from '../domain/artifact-store.js';
import { sameClasses } from '../domain/class-order.js';
import type { DatasetRecord, ModelVersion } from '../domain/records.js';
import { championBefore } from '../storage/registry.js';
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
  const reigning = await championBefore(store, config.name, runId);
  if (!reigning) return null;
  return (await whyIncomparable(reigning, dataset, store)) === undefined ? reigning : null;
}

/** Why a champion can't be asked about the images of a data set, in words that go after it; undefined where it can. */
export async function whyIncomparable(
  { classes, image, modelKey }: ModelVersion,
  dataset: DatasetRecord,
  store: ArtifactStore,
): Promise<string | undefined> {
  if (!sameClasses(classes, dataset.classes)) return 'which has other classes';
  if (!isDeepStrictEqual(image, dataset.image)) return 'which takes pictures of another size or colour';
  if (!(await store.has(`${modelKey}/model.json`))) return 'which is no longer in the store';
  return undefined;
}
