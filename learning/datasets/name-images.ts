import { z } from 'zod';
import type { ArtifactStore } from '../../domain/artifact-store.js';
import type { DataConfig } from '../../domain/config/data.js';
import type { DatasetRecord, SplitName } from '../../domain/records.js';
import { packedNames } from './answers/answered-images.js';
import { type ListOptions, listData } from './listing.js';
import { readManifest } from './pack/manifest.js';
import { readSplitOf } from './split/stored-split.js';

const rejections = z.array(z.looseObject({ path: z.string() }));

/** Names of a data set's pictures, by split and position: paths, or files and positions in them. */
export type ImageNames = Readonly<Record<SplitName, (position: number) => string>>;

/**
 * How people know the pictures of a prepared data set: its sources are listed once more.
 * @param data that it was prepared from
 * @param options the same as then
 * @throws DataError when the sources no longer hold what was prepared
 */
export async function nameImages(
  record: DatasetRecord,
  data: DataConfig,
  store: ArtifactStore,
  options: Pick<ListOptions, 'watch' | 'unlabelledOfAnyClass'> = {},
): Promise<ImageNames> {
  const { positions } = await readSplitOf(record, store);
  const rejected = rejections.parse(
    JSON.parse(Buffer.from(await store.read(record.rejectedKey)).toString('utf8')),
  );
  const manifest = await readManifest(store, record.contentHash);
  const names = packedNames(await listData(data, options), rejected, manifest);
  const of = (split: SplitName) => (position: number) => names[positions[split][position]!]!;
  return {
    labelled: of('labelled'),
    validation: of('validation'),
    unlabelled: of('unlabelled'),
    test: of('test'),
  };
}
