import type { ArtifactStore } from '../../../domain/artifact-store.js';
import { CorruptArtifactError } from '../../../domain/errors.js';
import { sha256 } from '../../../domain/hash.js';
import type { ArtifactKey } from '../../../domain/records.js';

/** A blob's key is its own hash: equal blobs are stored once, and corrupt ones are detected. */
function blobKey(hash: string): ArtifactKey {
  return `datasets/blobs/${hash}`;
}

/** Stores bytes under their hash and returns it. Overwrites a stored blob, which may be corrupt. */
export async function writeBlob(store: ArtifactStore, bytes: Uint8Array): Promise<string> {
  const hash = sha256(bytes);
  await store.write(blobKey(hash), bytes);
  return hash;
}

/** @throws CorruptArtifactError when the stored bytes have another hash */
export async function readBlob(store: ArtifactStore, hash: string): Promise<Uint8Array> {
  const bytes = await store.read(blobKey(hash));
  const received = sha256(bytes);
  if (received !== hash) {
    throw new CorruptArtifactError(
      `${blobKey(hash)}: its ${bytes.length} bytes have the SHA-256 ${received}: the next run on this data packs it again`,
    );
  }
  return bytes;
}
