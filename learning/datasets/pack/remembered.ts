import { z } from 'zod';
import type { ArtifactStore } from '../../../domain/artifact-store.js';
import type { ImageConfig } from '../../../domain/config/data.js';
import { ArtifactMissingError, CorruptArtifactError } from '../../../domain/errors.js';
import type { ArtifactKey } from '../../../domain/records.js';
import type { Listing } from '../listing.js';
import { readBlob, sha256 } from './blobs.js';
import { readManifest } from './manifest.js';
import type { Packed } from './pack-listing.js';

/** Raised when pixels come out differently: sources packed by older code are then decoded again. */
const DECODER = 1;

const MENDABLE = [ArtifactMissingError, CorruptArtifactError, z.ZodError, SyntaxError];

const memorySchema = z.object({
  contentHash: z.string(),
  rejected: z.array(z.object({ path: z.string(), reason: z.string() })),
});

/** Under which key it is remembered what a listing was packed to. */
export function sourceKey({ classes, pictures, stamps }: Listing, image: ImageConfig): ArtifactKey {
  const labels = [pictures.labelled, pictures.test].map((part) =>
    sha256(part.map((p) => p.label ?? '').join('\n')),
  );
  return `datasets/by-source/${sha256(JSON.stringify({ DECODER, classes, image, stamps, labels }))}`;
}

export async function remember(store: ArtifactStore, key: ArtifactKey, packed: Packed): Promise<void> {
  if (!packed.lasting) return;
  const { contentHash, rejected } = packed;
  await store.write(key, Buffer.from(JSON.stringify({ contentHash, rejected })));
}

/** What the same listing was packed to before; undefined where nothing is remembered, or not all of it whole. */
export async function recall(store: ArtifactStore, key: ArtifactKey): Promise<Packed | undefined> {
  if (!(await store.has(key))) return undefined;
  try {
    const memory = memorySchema.parse(JSON.parse(Buffer.from(await store.read(key)).toString('utf8')));
    const manifest = await readManifest(store, memory.contentHash);
    for (const hash of [manifest.labels, manifest.fingerprints, ...manifest.shards])
      await readBlob(store, hash);
    return { ...memory, manifest, lasting: true };
  } catch (error) {
    // Decoding anew mends it; what isn't about the bytes (a disk that is gone) is.
    if (MENDABLE.some((kind) => error instanceof kind)) return undefined;
    throw error;
  }
}
