import { z } from 'zod';
import type { ArtifactStore } from '../../../domain/artifact-store.js';
import { CorruptArtifactError, DataError } from '../../../domain/errors.js';
import type { ArtifactKey, DatasetReference } from '../../../domain/records.js';
import type { DataFields } from '../data-fields.js';
import type { Split } from './draw-split.js';

const positions = z.array(z.int().min(0));

const splitSchema = z.strictObject({
  format: z.literal('apprentice-split-1'),
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
 * @throws CorruptArtifactError when the bytes are no split
 */
async function readSplit(store: ArtifactStore, key: ArtifactKey): Promise<StoredSplit> {
  const text = Buffer.from(await store.read(key)).toString('utf8');
  try {
    return splitSchema.parse(JSON.parse(text));
  } catch (error) {
    throw new CorruptArtifactError(`${key}: no split of a data set is stored there`, { cause: error });
  }
}

/** Reference to the data set of a stored split. @throws as {@link readSplit} */
export async function datasetOfSplit(store: ArtifactStore, key: ArtifactKey): Promise<DatasetReference> {
  return { splitKey: key, contentHash: (await readSplit(store, key)).contentHash };
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
}

/**
 * Returns the stored split of a run; draws and stores one if there is none. Of concurrent callers, the first one's
 * split is stored and all return it.
 * @throws DataError when the stored split belongs to another data set
 */
export async function storedOrNewSplit(
  store: ArtifactStore,
  key: ArtifactKey,
  { contentHash, draw, fields }: NewSplit,
): Promise<StoredSplit> {
  if (!(await store.has(key))) {
    const split = { format: 'apprentice-split-1', contentHash, ...(await draw()) };
    await store.create(key, Buffer.from(JSON.stringify(split)));
  }
  const stored = await readSplit(store, key);
  if (stored.contentHash === contentHash) return stored;
  throw new DataError(
    `${fields.data}: the pictures are now data set ${contentHash}, but this run's split belongs to ${stored.contentHash} (${key}): put the pictures and ${fields.image} back as they were, or start a new run`,
  );
}
