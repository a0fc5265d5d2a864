import type { ArtifactStore } from '../../domain/artifact-store.js';
import type { DatasetReference } from '../../domain/records.js';
import { readLabels } from './pack/columns.js';
import type { Manifest } from './pack/manifest.js';
import { type StoredSplit, withNewLabels } from './split/stored-split.js';

/**
 * Returns the class of each packed image, -1 for none; new labels are applied, and classes are numbered by the record.
 * @throws CorruptArtifactError
 */
export async function numberedLabels(
  { classNumbers }: Pick<DatasetReference, 'classNumbers'>,
  store: ArtifactStore,
  { manifest, split }: { readonly manifest: Manifest; readonly split: StoredSplit },
): Promise<Int32Array> {
  const labels = withNewLabels(await readLabels(store, manifest), split);
  return classNumbers ? labels.map((label) => (label < 0 ? label : classNumbers[label]!)) : labels;
}
