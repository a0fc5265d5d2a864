import type { ArtifactKey } from './records.js';

/**
 * Bytes under keys: the only state that all machines of a run share. Small enough to be implemented on a disk and on S3,
 * which is why there is no append, no rename and no lock.
 */
export interface ArtifactStore {
  /** For example `file:///srv/apprentice`. */
  readonly url: string;
  /** Writes atomically: readers see the old bytes or the new ones, never a mixture. */
  write(key: ArtifactKey, bytes: Uint8Array): Promise<void>;
  /** Writes only if the key is free; returns false otherwise. */
  create(key: ArtifactKey, bytes: Uint8Array): Promise<boolean>;
  /** @throws ArtifactMissingError when the key has no artifact */
  read(key: ArtifactKey): Promise<Uint8Array>;
  has(key: ArtifactKey): Promise<boolean>;
  /** All keys that start with the prefix, in code-unit order. */
  list(prefix: string): Promise<ArtifactKey[]>;
  /** Removes an artifact if it exists. */
  remove(key: ArtifactKey): Promise<void>;
}
