import type { ArtifactStore } from '../../domain/artifact-store.js';
import { imageBytes } from '../../domain/image-bytes.js';
import type { DatasetReference, SplitName } from '../../domain/records.js';
import type { ImageSet, SplitImages } from './image-set.js';
import { numberedLabels } from './numbered-labels.js';
import { readBlob } from './pack/blobs.js';
import { type Manifest, readManifest } from './pack/manifest.js';
import { readSplitOf, type StoredSplit } from './split/stored-split.js';

interface PackedImages {
  readonly manifest: Manifest;
  /** The shards that were read, by number. */
  readonly shards: ReadonlyMap<number, Uint8Array>;
  /** Class of each packed image, numbered by the record; -1 for none. */
  readonly labels: Int32Array;
}

/** A split of the packed images. */
class PackedImageSet implements ImageSet {
  readonly shape: Manifest['image'];
  readonly count: number;
  private readonly size: number;

  constructor(
    private readonly images: PackedImages,
    private readonly positions: Uint32Array,
    private readonly labelsVisible: boolean,
  ) {
    this.shape = images.manifest.image;
    this.count = positions.length;
    this.size = imageBytes(this.shape);
  }

  copy(position: number, target: Uint8Array, offset: number): void {
    const image = this.imageAt(position);
    const { imagesPerShard } = this.images.manifest;
    const first = (image % imagesPerShard) * this.size;
    const shard = this.images.shards.get(Math.floor(image / imagesPerShard));
    if (!shard) throw new RangeError(`position: received ${position}, which is none of imagesToRead`);
    target.set(shard.subarray(first, first + this.size), offset);
  }

  label(position: number): number {
    const image = this.imageAt(position);
    return this.labelsVisible ? this.images.labels[image]! : -1;
  }

  private imageAt(position: number): number {
    const image = this.positions[position];
    if (image === undefined) {
      throw new RangeError(`position: received ${position}, expected 0 to ${this.count - 1}`);
    }
    return image;
  }
}

interface OpenOptions {
  /** Selects the images to read from the positions of each split; all by default. */
  imagesToRead?(positions: StoredSplit['positions']): ReadonlyArray<readonly number[]>;
  /** Called after each shard; reading a large data set takes minutes. */
  onShard?(): void;
}

/**
 * Reads a prepared data set's images into memory and checks each shard against its hash. Only shards that hold a
 * selected image are read.
 * @throws CorruptArtifactError when bytes are not those that were packed
 * @throws ArtifactMissingError when the split or a shard is gone
 * @throws DataError when the stored split belongs to another data set
 */
export async function openDataset(
  record: DatasetReference,
  store: ArtifactStore,
  { imagesToRead = Object.values, onShard = () => undefined }: OpenOptions = {},
): Promise<SplitImages> {
  const split = await readSplitOf(record, store);
  const { positions } = split;
  const manifest = await readManifest(store, record.contentHash);
  const labels = await numberedLabels(record, store, { manifest, split });
  const wanted = new Set<number>();
  for (const images of imagesToRead(positions))
    for (const image of images) wanted.add(Math.floor(image / manifest.imagesPerShard));
  const shards = new Map<number, Uint8Array>();
  for (const [number, hash] of manifest.shards.entries()) {
    if (!wanted.has(number)) continue;
    shards.set(number, await readBlob(store, hash));
    onShard();
  }
  const images: PackedImages = { manifest, shards, labels };
  const part = (name: SplitName) =>
    new PackedImageSet(images, Uint32Array.from(positions[name]), name !== 'unlabelled');
  return {
    labelled: part('labelled'),
    validation: part('validation'),
    unlabelled: part('unlabelled'),
    test: part('test'),
  };
}
