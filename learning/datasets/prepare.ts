import type { DataConfig } from '../../domain/config/data.js';
import { DEFAULT_FIT } from '../../domain/config/image-settings.js';
import type { ArtifactKey, DatasetRecord } from '../../domain/records.js';
import { answeredImages, packedNames } from './answers/answered-images.js';
import { chooseShape } from './decode/choose-shape.js';
import { expectFewRejected } from './expect-few-rejected.js';
import { type Listing, type ListOptions, listData } from './listing.js';
import { writeNames } from './name-images.js';
import { readFingerprints, readLabels } from './pack/columns.js';
import { imagesIn } from './pack/manifest.js';
import { type Packed, packListing, type Work } from './pack/pack-listing.js';
import { recall, remember, sourceKey } from './pack/remembered.js';
import { drawSplit } from './split/draw-split.js';
import { fixSplit } from './split/stored-split.js';
import { throttle } from './throttle.js';

export interface PrepareRequest extends Work, Pick<ListOptions, 'classesNeeded' | 'unlabelledOfAnyClass'> {
  readonly data: DataConfig;
  readonly seed: number;
  readonly keys: {
    /** Where the run's split is kept, */
    readonly split: ArtifactKey;
    /** its list of rejected pictures ({path, reason, part}[], JSON), */
    readonly rejected: ArtifactKey;
    /** and the names of the others, see {@link writeNames}; where absent they are not. */
    readonly names?: ArtifactKey;
  };
}

const PROGRESS_MS = 100;

/** Decodes, unless the same listing was decoded before. */
async function pack({
  data,
  classesNeeded,
  unlabelledOfAnyClass,
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
  });
  const { fit = DEFAULT_FIT } = data.image;
  const key = sourceKey(listing, { ...data.image, fit });
  const known = await recall(work, key);
  if (known) return { ...known, listing };
  const shape = await chooseShape(data.image, listing.pictures.labelled);
  const packed = await packListing(listing, shape, fit, work);
  await remember(work.store, key, packed);
  return { ...packed, listing };
}

/**
 * Makes a configuration's pictures a data set in the store: lists, decodes and packs them (once: an
 * unchanged listing is recognised) and fixes the run's split (once: a stored one is kept).
 * Progress comes a few times a second: 0 of the files found so far, then pictures done of all.
 * @throws DataError when something is missing, too small, unknown or unreadable beyond the configured share
 * @throws the signal's reason when aborted
 */
export async function prepareDataset(request: PrepareRequest): Promise<DatasetRecord> {
  const { data, seed, store, keys } = request;
  const { contentHash, manifest, rejected, listing } = await pack({
    ...request,
    onProgress: throttle(request.onProgress, PROGRESS_MS),
  });
  await store.write(keys.rejected, Buffer.from(JSON.stringify(rejected, undefined, 1)));
  expectFewRejected(rejected, imagesIn(manifest) + rejected.length, data.maxRejectedShare);

  const { classes, parts, image } = manifest;
  const names = packedNames(listing, rejected, manifest);
  const { positions, duplicatesAcrossSplits } = await fixSplit(store, keys.split, contentHash, async () => {
    const [labels, fingerprints] = await Promise.all([
      readLabels(store, manifest),
      readFingerprints(store, manifest),
    ]);
    const answers = answeredImages(listing, rejected, names, manifest);
    return drawSplit({ data, seed, classes, parts, labels, fingerprints, answers });
  });
  if (keys.names) await writeNames(store, keys.names, names);
  return {
    splitKey: keys.split,
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
    rejected: rejected.length,
    rejectedKey: keys.rejected,
    duplicatesAcrossSplits,
  };
}
