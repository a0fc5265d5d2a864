import { z } from 'zod';
import type { ArtifactStore } from '../../../domain/artifact-store.js';
import type { ImageConfig, ImageFit } from '../../../domain/config/data.js';
import { sha256 } from '../../../domain/hash.js';
import { isUnusable } from '../../../domain/hashed-artifact.js';
import { leftOutList } from '../../../domain/left-out.js';
import type { ArtifactKey } from '../../../domain/records.js';
import { readSealed, writeSealed } from '../../../domain/sealed-record.js';
import type { Listing } from '../listing.js';
import { PARTS } from '../parts.js';
import { readBlob } from './blobs.js';
import { imagesIn, readManifest } from './manifest.js';
import type { Packed, Work } from './pack-listing.js';

/** Increment when decoding yields other pixels: sources are then packed again. */
const DECODER = 2;

const cachedSchema = z.object({
  contentHash: z.string(),
  rejected: z.array(z.object({ path: z.string(), reason: z.string(), part: z.enum(PARTS) })),
  leftOut: leftOutList,
});

/** Cache key of a listing: changes with its files, labels and the shape of the packed images. */
export function sourceKey(
  { classes, pictures, stamps }: Listing,
  image: ImageConfig & { readonly fit: ImageFit },
): ArtifactKey {
  const labels = [pictures.labelled, pictures.test].map((part) =>
    sha256(part.map((p) => p.label ?? '').join('\n')),
  );
  return `datasets/by-source/${sha256(JSON.stringify({ DECODER, classes, image, stamps, labels }))}`;
}

/** Stores which data set a listing was packed to, if packing it again would give the same. */
export async function cachePacked(store: ArtifactStore, key: ArtifactKey, packed: Packed): Promise<void> {
  if (!packed.isFinal) return;
  const { contentHash, rejected, leftOut } = packed;
  await writeSealed(store, key, { contentHash, rejected, leftOut });
}

/**
 * Returns the data set that the same listing was packed to before, after checking all of its bytes; undefined if none
 * is stored or parts of it are missing or corrupt.
 * @throws the signal's reason when aborted
 */
export async function readCachedPacked(
  { store, onProgress, signal, onBroken }: Work,
  key: ArtifactKey,
): Promise<Packed | undefined> {
  if (!(await store.has(key))) return undefined;
  try {
    const cached = await readSealed(store, key, cachedSchema);
    const manifest = await readManifest(store, cached.contentHash);
    await readBlob(store, manifest.labels);
    await readBlob(store, manifest.fingerprints);
    const images = imagesIn(manifest);
    for (const [index, hash] of manifest.shards.entries()) {
      signal.throwIfAborted();
      await readBlob(store, hash);
      onProgress(Math.min(images, (index + 1) * manifest.imagesPerShard), images);
    }
    return { ...cached, manifest, isFinal: true };
  } catch (error) {
    if (!isUnusable(error)) throw error;
    onBroken?.(error);
    return undefined;
  }
}
