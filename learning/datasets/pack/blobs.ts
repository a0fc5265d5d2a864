import type { ArtifactStore } from '../../../domain/artifact-store.js';
import { sha256 } from '../../../domain/hash.js';
import { changed } from '../../../domain/hashed-artifact.js';
import type { ArtifactKey } from '../../../domain/records.js';

/** The way out of a damaged data set. */
export const PACKED_AGAIN = 'Run the same configuration again: it packs the pictures anew.';

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
    throw changed(store, blobKey(hash), {
      received: `${bytes.length} bytes with the SHA-256 ${received}`,
      expected: hash,
      remedy: PACKED_AGAIN,
    });
  }
  return bytes;
}
