import type { ArtifactStore } from '../../../domain/artifact-store.js';
import { readBlob } from './blobs.js';
import { FINGERPRINT_BYTES, imagesIn, type Manifest } from './manifest.js';

/**
 * Classes of all images, -1 for none.
 * @throws CorruptArtifactError
 */
export async function readLabels(store: ArtifactStore, manifest: Manifest): Promise<Int32Array> {
  // A copy of its own: 32-bit words need an aligned start.
  return new Int32Array((await readBlob(store, manifest.labels)).slice().buffer);
}

/**
 * Fingerprints of all images, as text; equal for equal pixels.
 * @throws CorruptArtifactError
 */
export async function readFingerprints(store: ArtifactStore, manifest: Manifest): Promise<string[]> {
  const bytes = Buffer.from(await readBlob(store, manifest.fingerprints));
  return Array.from({ length: imagesIn(manifest) }, (_, image) =>
    bytes.toString('latin1', image * FINGERPRINT_BYTES, (image + 1) * FINGERPRINT_BYTES),
  );
}
