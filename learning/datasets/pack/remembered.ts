import { z } from 'zod';
import type { ArtifactStore } from '../../../domain/artifact-store.js';
import type { ImageConfig, ImageFit } from '../../../domain/config/data.js';
import { ArtifactMissingError, CorruptArtifactError } from '../../../domain/errors.js';
import type { ArtifactKey } from '../../../domain/records.js';
import type { Listing } from '../listing.js';
import { PARTS } from '../parts.js';
import { readBlob, sha256 } from './blobs.js';
import { imagesIn, readManifest } from './manifest.js';
import type { Packed, Work } from './pack-listing.js';

/** Raised when pixels come out differently: sources packed by older code are then decoded again. */
const DECODER = 1;

const MENDABLE = [ArtifactMissingError, CorruptArtifactError, z.ZodError, SyntaxError];

const memorySchema = z.object({
  contentHash: z.string(),
  rejected: z.array(z.object({ path: z.string(), reason: z.string(), part: z.enum(PARTS).optional() })),
});

/** Under which key it is remembered what a listing was packed to. */
export function sourceKey(
  { classes, pictures, stamps }: Listing,
  image: ImageConfig & { readonly fit: ImageFit },
): ArtifactKey {
  const labels = [pictures.labelled, pictures.test].map((part) =>
    sha256(part.map((p) => p.label ?? '').join('\n')),
  );
  return `datasets/by-source/${sha256(JSON.stringify({ DECODER, classes, image, stamps, labels }))}`;
}

/** Remembers it for the next run on the same files, unless another try may find more of them readable. */
export async function remember(store: ArtifactStore, key: ArtifactKey, packed: Packed): Promise<void> {
  if (!packed.lasting) return;
  const { contentHash, rejected } = packed;
  await store.write(key, Buffer.from(JSON.stringify({ contentHash, rejected })));
}

/**
 * What the same listing was packed to before, all bytes checked; undefined where nothing is remembered, or
 * not all of it is whole.
 * @throws the signal's reason when aborted
 */
export async function recall(
  { store, onProgress, signal }: Work,
  key: ArtifactKey,
): Promise<Packed | undefined> {
  if (!(await store.has(key))) return undefined;
  try {
    const memory = memorySchema.parse(JSON.parse(Buffer.from(await store.read(key)).toString('utf8')));
    const manifest = await readManifest(store, memory.contentHash);
    await readBlob(store, manifest.labels);
    await readBlob(store, manifest.fingerprints);
    const images = imagesIn(manifest);
    for (const [index, hash] of manifest.shards.entries()) {
      signal.throwIfAborted();
      await readBlob(store, hash);
      onProgress(Math.min(images, (index + 1) * manifest.imagesPerShard), images);
    }
    return { ...memory, manifest, lasting: true };
  } catch (error) {
    // Decoding anew mends these. Others (a disk that is gone) it would not.
    if (MENDABLE.some((kind) => error instanceof kind)) return undefined;
    throw error;
  }
}
