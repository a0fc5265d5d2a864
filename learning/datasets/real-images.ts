import type { ArtifactStore } from '../../domain/artifact-store.js';
import type { DatasetReference } from '../../domain/records.js';
import { readFingerprints } from './pack/columns.js';
import { readManifest } from './pack/manifest.js';
import { readSplitOf } from './split/stored-split.js';

/**
 * Selects the unlabelled images that come from the unlabelled source, not from labels beyond the budget, and that are
 * no copies of labelled or validation images of another data set: a person may have labelled some of them since.
 * @returns ascending positions in the unlabelled split
 * @throws DataError, ArtifactMissingError as {@link openDataset}
 */
export async function realImages(
  record: DatasetReference,
  labelled: DatasetReference,
  store: ArtifactStore,
): Promise<number[]> {
  const { parts, fingerprints, positions } = await withFingerprints(record, store);
  const known = await withFingerprints(labelled, store);
  const ofKnown = [...known.positions.labelled, ...known.positions.validation];
  const labelledPrints = new Set(ofKnown.map((image) => known.fingerprints[image]));
  return positions.unlabelled.flatMap((image, position) =>
    image >= parts.labelled && !labelledPrints.has(fingerprints[image]) ? [position] : [],
  );
}

async function withFingerprints(record: DatasetReference, store: ArtifactStore) {
  const { positions } = await readSplitOf(record, store);
  const manifest = await readManifest(store, record.contentHash);
  return { parts: manifest.parts, fingerprints: await readFingerprints(store, manifest), positions };
}
