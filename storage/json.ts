import type { z } from 'zod';
import type { ArtifactStore } from '../domain/artifact-store.js';
import { CorruptArtifactError } from '../domain/errors.js';
import type { ArtifactKey } from '../domain/records.js';

/** Encodes a record as indented JSON with a final newline. */
export function encodeJson(value: unknown): Uint8Array {
  return new TextEncoder().encode(`${JSON.stringify(value, null, 2)}\n`);
}

/**
 * Reads a record and validates it.
 * @throws ArtifactMissingError when there is none
 * @throws CorruptArtifactError when it is not JSON, or does not match the schema
 */
export async function readJson<T>(store: ArtifactStore, key: ArtifactKey, shape: z.ZodType<T>): Promise<T> {
  const text = new TextDecoder().decode(await store.read(key));
  try {
    return shape.parse(JSON.parse(text));
  } catch (error) {
    throw new CorruptArtifactError(
      `artifact "${key}" in ${store.url}: received ${text.length} characters that are not the record expected there: ${(error as Error).message}`,
      { cause: error },
    );
  }
}
