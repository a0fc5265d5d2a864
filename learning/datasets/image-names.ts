import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { z } from 'zod';
import type { ArtifactStore } from '../../domain/artifact-store.js';
import { CorruptArtifactError } from '../../domain/errors.js';
import { changed } from '../../domain/hashed-artifact.js';
import type { ArtifactKey, DatasetReference, SplitName } from '../../domain/records.js';
import { decodeSealed, encodeSealed } from '../../domain/sealed-record.js';
import { readSplitOf } from './split/stored-split.js';

const namesSchema = z.array(z.string());

/** Names of a data set's pictures, by split and position: paths, or archive files with positions in them. */
export type ImageNames = Readonly<Record<SplitName, (position: number) => string>>;

/** Stores the names of all packed pictures in packing order: the folders may change after the preparation. */
export async function writeNames(
  store: ArtifactStore,
  key: ArtifactKey,
  names: readonly string[],
): Promise<void> {
  await store.write(key, await promisify(gzip)(encodeSealed(key, names)));
}

/**
 * Reads the names of a prepared data set's pictures.
 * @param namesKey the key that {@link prepareDataset} wrote them to
 * @throws ArtifactMissingError when nothing is stored there
 * @throws CorruptArtifactError when no names of pictures are stored there
 */
export async function nameImages(
  record: DatasetReference,
  namesKey: ArtifactKey,
  store: ArtifactStore,
): Promise<ImageNames> {
  const { positions } = await readSplitOf(record, store);
  const names = await readNames(store, namesKey);
  const of = (split: SplitName) => (position: number) => names[positions[split][position]!]!;
  return {
    labelled: of('labelled'),
    validation: of('validation'),
    unlabelled: of('unlabelled'),
    test: of('test'),
  };
}

async function readNames(store: ArtifactStore, key: ArtifactKey): Promise<string[]> {
  const bytes = await store.read(key);
  try {
    return decodeSealed(store, key, await promisify(gunzip)(bytes), namesSchema);
  } catch (error) {
    if (error instanceof CorruptArtifactError) throw error;
    throw changed(store, key, {
      received: `${bytes.length} bytes that cannot be unpacked (${(error as Error).message})`,
      expected: 'the names of pictures',
      cause: error,
    });
  }
}
