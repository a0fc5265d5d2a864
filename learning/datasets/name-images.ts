import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { z } from 'zod';
import type { ArtifactStore } from '../../domain/artifact-store.js';
import { CorruptArtifactError, DataError } from '../../domain/errors.js';
import type { ArtifactKey, DatasetReference, SplitName } from '../../domain/records.js';
import { readSplitOf } from './split/stored-split.js';

const namesSchema = z.array(z.string());

/** Names of a data set's pictures, by split and position: paths, or files and positions in them. */
export type ImageNames = Readonly<Record<SplitName, (position: number) => string>>;

/** Keeps the names of all packed pictures, in their order: the folders may hold others by the time they are wanted. */
export async function writeNames(
  store: ArtifactStore,
  key: ArtifactKey,
  names: readonly string[],
): Promise<void> {
  await store.write(key, await promisify(gzip)(JSON.stringify(names)));
}

/**
 * How people know the pictures of a prepared data set.
 * @param namesKey where its preparation has kept them
 * @throws DataError when it has kept none: an older version did not
 * @throws CorruptArtifactError when no names are stored there
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
  if (!(await store.has(key))) {
    throw new DataError(
      `data: the pictures' names are not in the store (${key}): they were prepared by an older version; begin it anew, with the same id`,
    );
  }
  const bytes = await store.read(key);
  try {
    return namesSchema.parse(JSON.parse((await promisify(gunzip)(bytes)).toString('utf8')));
  } catch (error) {
    throw new CorruptArtifactError(`${key}: no names of pictures are stored there`, { cause: error });
  }
}
