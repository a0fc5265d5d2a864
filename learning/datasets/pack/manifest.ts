import { z } from 'zod';
import type { ArtifactStore } from '../../../domain/artifact-store.js';
import { sha256 } from '../../../domain/hash.js';
import { changed } from '../../../domain/hashed-artifact.js';
import type { ArtifactKey } from '../../../domain/records.js';
import { PACKED_AGAIN } from './blobs.js';

const hash = z.string().regex(/^[0-9a-f]{64}$/);
const count = z.int().min(0);

/** The blobs of a packed data set. Its parts are packed one after another. */
const manifestSchema = z.strictObject({
  format: z.literal('apprentice-dataset-1'),
  image: z.strictObject({ height: count, width: count, channels: z.union([z.literal(1), z.literal(3)]) }),
  classes: z.array(z.string()),
  parts: z.strictObject({ labelled: count, unlabelled: count, test: count }),
  imagesPerShard: z.int().min(1),
  /** Hashes of the shards: pixels of `imagesPerShard` images, fewer in the last. */
  shards: z.array(hash),
  /** Hash of the int32 labels, -1 for none. */
  labels: hash,
  /** Hash of the images' fingerprints, {@link FINGERPRINT_BYTES} each. */
  fingerprints: hash,
});

export type Manifest = z.output<typeof manifestSchema>;

/** An image's fingerprint is the first bytes of its pixels' SHA-256. */
export const FINGERPRINT_BYTES = 16;

const CONTENT_HASH_DIGITS = 16;

function manifestKey(contentHash: string): ArtifactKey {
  return `datasets/${contentHash}/manifest`;
}

/** Number of images in all parts. */
export function imagesIn({ parts }: Manifest): number {
  return parts.labelled + parts.unlabelled + parts.test;
}

/**
 * Stores a manifest.
 * @returns the content hash that names the data set: the manifest's own hash, which covers all pixels and labels, the
 * shape and the class names
 */
export async function writeManifest(store: ArtifactStore, manifest: Manifest): Promise<string> {
  const text = JSON.stringify(manifestSchema.parse(manifest));
  const contentHash = sha256(text).slice(0, CONTENT_HASH_DIGITS);
  await store.write(manifestKey(contentHash), Buffer.from(text));
  return contentHash;
}

/**
 * @throws ArtifactMissingError when there is no such data set
 * @throws CorruptArtifactError when the manifest is not the one that was stored
 */
export async function readManifest(store: ArtifactStore, contentHash: string): Promise<Manifest> {
  const bytes = await store.read(manifestKey(contentHash));
  const received = sha256(bytes).slice(0, CONTENT_HASH_DIGITS);
  if (received !== contentHash) {
    throw changed(store, manifestKey(contentHash), {
      received: `${bytes.length} bytes with the SHA-256 ${received}`,
      expected: contentHash,
      remedy: PACKED_AGAIN,
    });
  }
  return manifestSchema.parse(JSON.parse(Buffer.from(bytes).toString('utf8')));
}
