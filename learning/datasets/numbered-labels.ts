import type { ArtifactStore } from '../../domain/artifact-store.js';
import type { DatasetReference } from '../../domain/records.js';
import { readLabels } from './pack/columns.js';
import type { Manifest } from './pack/manifest.js';
import { type StoredSplit, withAnswers } from './split/stored-split.js';

/**
 * Classes of all packed images, -1 for none: with people's answers, and numbered as the record has it.
 * @throws CorruptArtifactError
 */
export async function numberedLabels(
  { classNumbers }: Pick<DatasetReference, 'classNumbers'>,
  store: ArtifactStore,
  { manifest, split }: { readonly manifest: Manifest; readonly split: StoredSplit },
): Promise<Int32Array> {
  const labels = withAnswers(await readLabels(store, manifest), split);
  return classNumbers ? labels.map((label) => (label < 0 ? label : classNumbers[label]!)) : labels;
}
