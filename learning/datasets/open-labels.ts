import type { ArtifactStore } from '../../domain/artifact-store.js';
import type { DatasetReference } from '../../domain/records.js';
import { numberedLabels } from './numbered-labels.js';
import { readManifest } from './pack/manifest.js';
import { readSplitOf } from './split/stored-split.js';

/**
 * Reads the labels of the labelled, the validation and the test split, in split order, without reading pixels.
 * @throws ArtifactMissingError when the split or the labels are gone
 * @throws DataError when the stored split belongs to another data set
 */
export async function openLabels(
  record: DatasetReference,
  store: ArtifactStore,
): Promise<Readonly<Record<'labelled' | 'validation' | 'test', Int32Array>>> {
  const split = await readSplitOf(record, store);
  const manifest = await readManifest(store, record.contentHash);
  const labels = await numberedLabels(record, store, { manifest, split });
  const { positions } = split;
  const of = (images: readonly number[]) => Int32Array.from(images, (image) => labels[image]!);
  return { labelled: of(positions.labelled), validation: of(positions.validation), test: of(positions.test) };
}

/**
 * Reads the validation labels of data sets, one set after the other.
 * @throws as {@link openLabels}
 */
export async function openValidationLabels(
  records: readonly DatasetReference[],
  store: ArtifactStore,
): Promise<Int32Array> {
  const labels = await Promise.all(records.map(async (of) => (await openLabels(of, store)).validation));
  return Int32Array.from(labels.flatMap((of) => [...of]));
}
