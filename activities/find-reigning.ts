import { isDeepStrictEqual } from 'node:util';
import type { ArtifactStore } from '../domain/artifact-store.js';
import { sameClasses } from '../domain/class-order.js';
import type { DatasetRecord, ModelVersion } from '../domain/records.js';
import { championBefore } from '../storage/registry.js';
import type { ActivityContext } from './context.js';

export interface FindReigningInput {
  readonly runId: string;
  readonly line: string;
  readonly dataset: DatasetRecord;
}

/**
 * Finds the line's champion of another run.
 * @returns null if there is none, or if it can't be measured on this run's images: other classes, another image shape,
 *   or deleted from the store
 */
export async function findReigning(
  { runId, line, dataset }: FindReigningInput,
  { store }: ActivityContext,
): Promise<ModelVersion | null> {
  const reigning = await championBefore(store, line, runId);
  if (!reigning) return null;
  return (await whyIncomparable(reigning, dataset, store)) === undefined ? reigning : null;
}

/** Returns why a champion can't be measured on a data set, as a relative clause; undefined if it can. */
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
