import type { ArtifactStore } from '../domain/artifact-store.js';
import { CorruptArtifactError } from '../domain/errors.js';
import { sha256 } from '../domain/hash.js';
import type { ArtifactKey } from '../domain/records.js';
import type { StoredBytes } from '../domain/training-plan.js';

/** Writes numbers, for example predictions, as little-endian float32 without a header. */
export async function writeFloats(
  store: ArtifactStore,
  key: ArtifactKey,
  values: Float32Array,
): Promise<StoredBytes> {
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  await store.write(key, bytes);
  return { key, hash: sha256(bytes) };
}

/**
 * Reads what {@link writeFloats} wrote.
 * @param count the expected number of values
 * @throws CorruptArtifactError when there are more or fewer
 */
export async function readFloats(
  store: ArtifactStore,
  key: ArtifactKey,
  count: number,
): Promise<Float32Array> {
  const bytes = await store.read(key);
  if (bytes.byteLength !== count * 4) {
    throw new CorruptArtifactError(
      `artifact "${key}" in ${store.url}: received ${bytes.byteLength} bytes, expected ${count * 4} of ${count} numbers`,
    );
  }
  // Copy: a Float32Array needs an aligned start.
  return new Float32Array(bytes.slice().buffer);
}
