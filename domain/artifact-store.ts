import type { ArtifactKey } from './records.js';

/**
 * Bytes under keys, the only thing that all machines of a run must share. Small enough to be met by
 * a disk and by S3 alike, which is why there is no append, no rename and no lock.
 */
export interface ArtifactStore {
  /** Names the store for people and processes, for example `file:///srv/apprentice`. */
  readonly url: string;
  /** Writes a whole artifact; readers see the old bytes or the new ones, never a mixture. */
  write(key: ArtifactKey, bytes: Uint8Array): Promise<void>;
  /** Writes only if the key is free; returns false otherwise. */
  create(key: ArtifactKey, bytes: Uint8Array): Promise<boolean>;
  /** @throws ArtifactMissingError when the key has no artifact */
  read(key: ArtifactKey): Promise<Uint8Array>;
  has(key: ArtifactKey): Promise<boolean>;
  /** All keys that start with the prefix, in code-unit order. */
  list(prefix: string): Promise<ArtifactKey[]>;
  /** Removes an artifact, if there is one. */
  remove(key: ArtifactKey): Promise<void>;
}
