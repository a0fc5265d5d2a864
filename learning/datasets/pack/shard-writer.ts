import type { ArtifactStore } from '../../../domain/artifact-store.js';
import { sha256Bytes } from '../../../domain/hash.js';
import { imageBytes } from '../../../domain/image-bytes.js';
import type { ImageShape } from '../../../domain/records.js';
import { writeBlob } from './blobs.js';
import { FINGERPRINT_BYTES, type Manifest } from './manifest.js';

/** Largest size of a shard in bytes; a larger image gets a shard of its own. */
const SHARD_BYTES = 64 * 2 ** 20;

/** Packs images one after another; keeps one shard in memory. */
export class ShardWriter {
  readonly imagesPerShard: number;
  private readonly size: number;
  private shard: Uint8Array | undefined;
  private inShard = 0;
  private readonly shards: string[] = [];
  private readonly labels: number[] = [];
  private readonly fingerprints: Buffer[] = [];

  constructor(
    private readonly store: ArtifactStore,
    image: ImageShape,
    shardBytes = SHARD_BYTES,
  ) {
    this.size = imageBytes(image);
    this.imagesPerShard = Math.max(1, Math.floor(shardBytes / this.size));
  }

  /** @param label class of the image, -1 for none */
  async append(pixels: Uint8Array, label: number): Promise<void> {
    if (pixels.length !== this.size) {
      throw new RangeError(`pixels: received ${pixels.length} bytes, expected ${this.size}`);
    }
    this.shard ??= new Uint8Array(this.imagesPerShard * this.size);
    this.shard.set(pixels, this.inShard++ * this.size);
    this.labels.push(label);
    this.fingerprints.push(sha256Bytes(pixels).subarray(0, FINGERPRINT_BYTES));
    if (this.inShard === this.imagesPerShard) await this.flush();
  }

  /** Writes the last shard and returns the hashes. */
  async finish(): Promise<Pick<Manifest, 'imagesPerShard' | 'shards' | 'labels' | 'fingerprints'>> {
    await this.flush();
    const labels = new Uint8Array(Int32Array.from(this.labels).buffer);
    return {
      imagesPerShard: this.imagesPerShard,
      shards: this.shards,
      labels: await writeBlob(this.store, labels),
      fingerprints: await writeBlob(this.store, Buffer.concat(this.fingerprints)),
    };
  }

  private async flush(): Promise<void> {
    if (this.inShard === 0) return;
    this.shards.push(await writeBlob(this.store, this.shard!.subarray(0, this.inShard * this.size)));
    this.inShard = 0;
  }
}
