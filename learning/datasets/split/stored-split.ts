import { z } from 'zod';
import type { ArtifactStore } from '../../../domain/artifact-store.js';
import { DataError } from '../../../domain/errors.js';
import {
  changed,
  hashedKeysOf,
  isUnusable,
  readHashed,
  writeHashed,
} from '../../../domain/hashed-artifact.js';
import type { ArtifactKey, DatasetReference } from '../../../domain/records.js';
import type { DataFields } from '../data-fields.js';
import type { Split } from './draw-split.js';

const positions = z.array(z.int().min(0));

const splitSchema = z.strictObject({
  format: z.literal('apprentice-split-1'),
  /** Its key without the hash: the split of another run, put beside this one, is not taken for it. */
  name: z.string(),
  contentHash: z.string(),
  positions: z.strictObject({
    labelled: positions,
    validation: positions,
    unlabelled: positions,
    test: positions,
  }),
  copies: positions,
  contradictory: positions,
  /** Labels from `data.answers`. */
  answers: z.array(z.tuple([z.int().min(0), z.int().min(0)])).optional(),
});

export type StoredSplit = z.output<typeof splitSchema>;

/**
 * @throws ArtifactMissingError when there is none
 * @throws CorruptArtifactError when it is another than was written
 */
async function readSplit(store: ArtifactStore, key: ArtifactKey): Promise<StoredSplit> {
  const bytes = await readHashed(store, key);
  try {
    const split = splitSchema.parse(JSON.parse(Buffer.from(bytes).toString('utf8')));
    if (!key.startsWith(`${split.name}-`)) throw new Error(`it is that of ${split.name}`);
    return split;
  } catch (error) {
    throw changed(store, key, {
      received: `${bytes.length} bytes that are not its split (${(error as Error).message})`,
      expected: 'the split of a data set',
      cause: error,
    });
  }
}

/**
 * Reference to the data set of a stored split; undefined if none is stored.
 * @param name the split's key without the hash
 * @throws as {@link readSplit}
 */
export async function datasetOfSplit(
  store: ArtifactStore,
  name: ArtifactKey,
): Promise<DatasetReference | undefined> {
  const found = await findSplit(store, name, (error) => {
    throw error;
  });
  return found && { splitKey: found.key, contentHash: found.split.contentHash };
}

/** Finds the split under a name that is as it was written. @param onBroken is called with the error of each other one */
async function findSplit(
  store: ArtifactStore,
  name: ArtifactKey,
  onBroken?: (error: Error) => void,
): Promise<FoundSplit | undefined> {
  for (const key of await hashedKeysOf(store, name)) {
    try {
      return { key, split: await readSplit(store, key) };
    } catch (error) {
      if (!isUnusable(error)) throw error;
      onBroken?.(error);
    }
  }
  return undefined;
}

interface FoundSplit {
  readonly key: ArtifactKey;
  readonly split: StoredSplit;
}

/**
 * Reads the split of a prepared data set.
 * @throws DataError when the stored split belongs to another data set; otherwise as {@link readSplit}
 */
export async function readSplitOf(record: DatasetReference, store: ArtifactStore): Promise<StoredSplit> {
  const split = await readSplit(store, record.splitKey);
  if (split.contentHash === record.contentHash) return split;
  throw new DataError(
    `data: ${record.splitKey} is a split of data set ${split.contentHash}, expected ${record.contentHash}: start a new run`,
  );
}

/** Replaces packed labels by those from label files. */
export function withNewLabels(
  labels: Int32Array,
  { answers = [] }: Pick<StoredSplit, 'answers'>,
): Int32Array {
  const replaced = Int32Array.from(labels);
  for (const [image, label] of answers) replaced[image] = label;
  return replaced;
}

interface NewSplit {
  readonly contentHash: string;
  readonly draw: () => Promise<Split>;
  readonly fields: DataFields;
  /** Called with the error of a stored split that is not as it was written, and is drawn again. */
  readonly onBroken?: ((error: Error) => void) | undefined;
}

/**
 * Returns the stored split of a run; draws and stores one if there is none, or none that is as it was written. Concurrent
 * callers draw the same one.
 * @param name the key without the hash, with which it ends
 * @throws DataError when the stored split belongs to another data set
 */
export async function storedOrNewSplit(
  store: ArtifactStore,
  name: ArtifactKey,
  { contentHash, draw, fields, onBroken }: NewSplit,
): Promise<FoundSplit> {
  const found = await findSplit(store, name, onBroken);
  if (!found) {
    const split: StoredSplit = splitSchema.parse({
      format: 'apprentice-split-1',
      name,
      contentHash,
      ...(await draw()),
    });
    const { key } = await writeHashed(store, name, Buffer.from(JSON.stringify(split)));
    return { key, split };
  }
  if (found.split.contentHash === contentHash) return found;
  throw new DataError(
    `${fields.data}: the pictures are now data set ${contentHash}, but this run's split belongs to ${found.split.contentHash} (${found.key}): put the pictures and ${fields.image} back as they were, or start a new run`,
  );
}
