import type { ArtifactStore } from '../domain/artifact-store.js';
import { CorruptArtifactError } from '../domain/errors.js';
import { readHashed, writeHashed } from '../domain/hashed-artifact.js';
import type { ArtifactKey } from '../domain/records.js';
import type { StoredBytes } from '../domain/training-plan.js';

/**
 * Writes numbers, for example predictions, as little-endian float32 without a header.
 * @param name the key without the hash, with which it ends
 */
export function writeFloats(
  store: ArtifactStore,
  name: ArtifactKey,
  values: Float32Array,
): Promise<StoredBytes> {
  return writeHashed(store, name, new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
}

/**
 * Reads what {@link writeFloats} wrote.
 * @param count the expected number of values
 * @throws CorruptArtifactError when the bytes are others than were written, or more or fewer
 */
export async function readFloats(
  store: ArtifactStore,
  key: ArtifactKey,
  count: number,
): Promise<Float32Array> {
  const bytes = await readHashed(store, key);
  if (bytes.byteLength !== count * 4) {
    throw new CorruptArtifactError(
      `artifact "${key}" in ${store.url}: received ${bytes.byteLength} bytes, expected ${count * 4} of ${count} numbers`,
    );
  }
  // Copy: a Float32Array needs an aligned start.
  return new Float32Array(bytes.slice().buffer);
}
