import { z } from 'zod';
import type { ArtifactStore } from './artifact-store.js';
import { CorruptArtifactError } from './errors.js';
import { sha256 } from './hash.js';
import { changed, whyInvalid } from './hashed-artifact.js';
import type { ArtifactKey } from './records.js';

/**
 * A record that is found by its name, so that no other record holds its hash: it holds the hash itself. The hash covers
 * the key too, because a record of another run is as wrong as a damaged one.
 */
const envelope = z.strictObject({ sha256: z.string(), record: z.unknown() });

/** The SHA-256 that seals the JSON of a record under a key. */
const sealOf = (key: ArtifactKey, json: string) => sha256(key, '\n', json);

/** Encodes a record with its seal as JSON with a final newline. */
export function encodeSealed(key: ArtifactKey, record: unknown): Uint8Array {
  const json = JSON.stringify(record);
  return new TextEncoder().encode(`{"sha256":"${sealOf(key, json)}","record":${json}}\n`);
}

interface DecodeOptions {
  /** A sentence; by default that of the run that made the artifact. */
  readonly remedy?: string | undefined;
}

/**
 * Decodes the bytes of {@link encodeSealed} and validates the record.
 * @throws CorruptArtifactError when they are others than were written under the key
 */
export function decodeSealed<T>(
  store: Pick<ArtifactStore, 'url'>,
  key: ArtifactKey,
  bytes: Uint8Array,
  shape: z.ZodType<T>,
  { remedy }: DecodeOptions = {},
): T {
  const size = `${bytes.length} bytes`;
  try {
    const { sha256: expected, record } = envelope.parse(JSON.parse(new TextDecoder().decode(bytes)));
    // JSON that was written by JSON.stringify is written the same again.
    const received = sealOf(key, JSON.stringify(record));
    if (received === expected) return shape.parse(record);
    throw changed(store, key, {
      received: `${size} with the SHA-256 ${received}`,
      expected,
      remedy,
    });
  } catch (error) {
    if (error instanceof CorruptArtifactError) throw error;
    throw changed(store, key, {
      received: `${size} that are not the record expected there (${whyInvalid(error)})`,
      expected: 'the record that was written',
      remedy,
      cause: error,
    });
  }
}

/** Writes a record under its name, with its seal. */
export async function writeSealed(store: ArtifactStore, key: ArtifactKey, record: unknown): Promise<void> {
  await store.write(key, encodeSealed(key, record));
}

/**
 * Reads what {@link writeSealed} wrote.
 * @throws ArtifactMissingError when there is none
 * @throws CorruptArtifactError when it is another than was written
 */
export async function readSealed<T>(
  store: ArtifactStore,
  key: ArtifactKey,
  shape: z.ZodType<T>,
  options?: DecodeOptions,
): Promise<T> {
  return decodeSealed(store, key, await store.read(key), shape, options);
}
