import type { DataConfig } from '../../domain/config/data.js';
import { DEFAULT_FIT } from '../../domain/config/image-settings.js';
import { joinLeftOut } from '../../domain/left-out.js';
import type { ArtifactKey, DatasetRecord } from '../../domain/records.js';
import { DATA_FIELDS } from './data-fields.js';
import { chooseShape } from './decode/choose-shape.js';
import { expectFewRejected } from './expect-few-rejected.js';
import { writeNames } from './image-names.js';
import { imageLabels } from './label-files/image-labels.js';
import { leftOutOfSplit, unreadableOf, writeLeftOut } from './left-out.js';
import { type Listing, type ListOptions, listData } from './listing.js';
import { readFingerprints, readLabels } from './pack/columns.js';
import { imagesIn } from './pack/manifest.js';
import { type Packed, packListing, type Work } from './pack/pack-listing.js';
import { cachePacked, readCachedPacked, sourceKey } from './pack/packed-cache.js';
import { packedNames } from './pack/packed-names.js';
import { drawSplit } from './split/draw-split.js';
import { storedOrNewSplit } from './split/stored-split.js';
import { throttle } from './throttle.js';

export interface PrepareRequest extends Work, Omit<ListOptions, 'watch'> {
  readonly data: DataConfig;
  readonly seed: number;
  readonly keys: {
    /** The run's split; the hash follows. */
    readonly split: ArtifactKey;
    /** What was left out, in the format of domain/left-out.ts. */
    readonly leftOut: ArtifactKey;
    /** The names of the packed pictures, see {@link writeNames}; without a key they are not stored. */
    readonly names?: ArtifactKey;
  };
}

const PROGRESS_MS = 100;
/** Examples of each kind in the record: histories contain it. */
const RECORDED_EXAMPLES = 3;

/** Lists the sources and packs them, unless the same listing is packed already. */
async function pack({
  data,
  classesNeeded,
  unlabelledOfAnyClass,
  fields,
  ...work
}: PrepareRequest): Promise<Packed & { readonly listing: Listing }> {
  let found = 0;
  const watch = () => {
    work.signal.throwIfAborted();
    work.onProgress(0, ++found);
  };
  const listing = await listData(data, {
    watch,
    ...(classesNeeded && { classesNeeded }),
    ...(unlabelledOfAnyClass && { unlabelledOfAnyClass }),
    ...(fields && { fields }),
  });
  const { fit = DEFAULT_FIT } = data.image;
  const key = sourceKey(listing, { ...data.image, fit });
  const cached = await readCachedPacked(work, key);
  if (cached) return { ...cached, listing };
  const { labelled, unlabelled, test } = listing.pictures;
  const all = labelled.length + unlabelled.length + test.length;
  const onPicture = () => {
    work.signal.throwIfAborted();
    work.onProgress(0, all);
  };
  const named = { ...DATA_FIELDS, ...fields };
  const shape = await chooseShape(data.image, labelled, [...unlabelled, ...test], named, onPicture);
  const packed = await packListing(listing, shape, fit, work);
  await cachePacked(work.store, key, packed);
  return { ...packed, listing };
}

/**
 * Prepares a configuration's pictures as a data set in the store: lists, decodes and packs them and draws the run's
 * split. Pictures that are packed already and a split that is stored already are reused.
 * Reports progress a few times a second: 0 of the files found so far, then pictures done of all.
 * @throws DataError when a source is missing or too small, a class is unknown, or more pictures than the configured
 * share are unreadable
 * @throws the signal's reason when aborted
 */
export async function prepareDataset(request: PrepareRequest): Promise<DatasetRecord> {
  const { data, seed, store, keys } = request;
  const fields = { ...DATA_FIELDS, ...request.fields };
  const { contentHash, manifest, rejected, listing, ...packed } = await pack({
    ...request,
    onProgress: throttle(request.onProgress, PROGRESS_MS),
  });
  const found = [...listing.leftOut, ...unreadableOf(rejected), ...packed.leftOut];
  await writeLeftOut(store, keys.leftOut, found);
  expectFewRejected(rejected, imagesIn(manifest) + rejected.length, data, fields);

  const { classes, parts, image } = manifest;
  const labelOf = new Map(listing.pictures.labelled.map(({ name, label }) => [name, label]));
  const names = packedNames(listing, rejected, manifest, fields);
  const draw = async () => {
    const [labels, fingerprints] = await Promise.all([
      readLabels(store, manifest),
      readFingerprints(store, manifest),
    ]);
    const newLabels = imageLabels(listing, rejected, names, manifest, fields);
    return drawSplit({ data, seed, classes, parts, labels, fingerprints, newLabels, fields });
  };
  const { key: splitKey, split } = await storedOrNewSplit(store, keys.split, {
    contentHash,
    draw,
    fields,
    onBroken: request.onBroken,
  });
  const { positions } = split;
  const leftOut = [...found, ...leftOutOfSplit(split, names, (image) => labelOf.get(names[image]!))];
  await writeLeftOut(store, keys.leftOut, leftOut);
  if (keys.names) await writeNames(store, keys.names, names);
  return {
    splitKey,
    contentHash,
    classes,
    image,
    fit: data.image.fit ?? DEFAULT_FIT,
    counts: {
      labelled: positions.labelled.length,
      validation: positions.validation.length,
      unlabelled: positions.unlabelled.length,
      test: positions.test.length,
    },
    leftOut: joinLeftOut([leftOut], RECORDED_EXAMPLES),
    leftOutKey: keys.leftOut,
  };
}
