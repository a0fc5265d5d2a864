import type { z } from 'zod';
import type { ArtifactStore } from '../domain/artifact-store.js';
import { CorruptArtifactError } from '../domain/errors.js';
import type { ArtifactKey } from '../domain/records.js';

/** JSON as the store's records have it: readable, with a line end. */
export function encodeJson(value: unknown): Uint8Array {
  return new TextEncoder().encode(`${JSON.stringify(value, null, 2)}\n`);
}

/**
 * A record read back.
 * @throws ArtifactMissingError when there is none
 * @throws CorruptArtifactError when it is not JSON, or not of the shape.
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
