import type { ArtifactStore } from '../../../domain/artifact-store.js';
import { readBlob } from './blobs.js';
import { FINGERPRINT_BYTES, imagesIn, type Manifest } from './manifest.js';

/**
 * Reads the class of each image, -1 for none.
 * @throws CorruptArtifactError
 */
export async function readLabels(store: ArtifactStore, manifest: Manifest): Promise<Int32Array> {
  // The copy starts at an aligned address, as 32-bit words need.
  return new Int32Array((await readBlob(store, manifest.labels)).slice().buffer);
}

/**
 * Reads the fingerprint of each image as text; equal pixels have equal fingerprints.
 * @throws CorruptArtifactError
 */
export async function readFingerprints(store: ArtifactStore, manifest: Manifest): Promise<string[]> {
  const bytes = Buffer.from(await readBlob(store, manifest.fingerprints));
  return Array.from({ length: imagesIn(manifest) }, (_, image) =>
    bytes.toString('latin1', image * FINGERPRINT_BYTES, (image + 1) * FINGERPRINT_BYTES),
  );
}
