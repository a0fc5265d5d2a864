import { z } from 'zod';
import type { ArtifactStore } from './artifact-store.js';
import { ArtifactMissingError, CorruptArtifactError } from './errors.js';
import { sha256 } from './hash.js';
import type { ArtifactKey } from './records.js';
import type { StoredBytes } from './training-plan.js';

/** Hex digits of the SHA-256 at the end of a key. */
const DIGITS = 16;
const HASHED = /-([0-9a-f]{16})$/;

/** The key of content under a name: whoever has the key can tell whether the content is still what was written. */
export function hashedKey(name: ArtifactKey, hash: string): ArtifactKey {
  return `${name}-${hash.slice(0, DIGITS)}`;
}

/** The digits of the hash in a key of {@link hashedKey}; undefined for another key. */
export function hashInKey(key: ArtifactKey): string | undefined {
  return HASHED.exec(key)?.[1];
}

/**
 * Writes bytes under a key that ends with their hash, so that an attempt never replaces other bytes of another attempt,
 * and records that hold the key hold the hash.
 */
export async function writeHashed(
  store: ArtifactStore,
  name: ArtifactKey,
  bytes: Uint8Array,
): Promise<StoredBytes> {
  const hash = sha256(bytes);
  const key = hashedKey(name, hash);
  await store.write(key, bytes);
  return { key, hash };
}

/**
 * Reads what {@link writeHashed} wrote.
 * @throws ArtifactMissingError when it is gone
 * @throws CorruptArtifactError when the bytes are others than were written
 */
export async function readHashed(store: ArtifactStore, key: ArtifactKey): Promise<Uint8Array> {
  const bytes = await store.read(key);
  const [received, expected] = [sha256(bytes).slice(0, DIGITS), hashInKey(key)];
  if (received === expected) return bytes;
  throw changed(store, key, {
    received: `${bytes.length} bytes with the SHA-256 ${received}…`,
    expected: expected === undefined ? 'a key that ends with the hash of the content' : `${expected}…`,
  });
}

/** The keys of all content that is stored under a name, in order of the hashes. */
export async function hashedKeysOf(store: ArtifactStore, name: ArtifactKey): Promise<ArtifactKey[]> {
  const keys = await store.list(`${name}-`);
  return keys.filter((key) => HASHED.test(key) && key.length === name.length + 1 + DIGITS);
}

/** The error for an artifact that is not as it was written, with the way out of it. */
export function changed(
  { url }: Pick<ArtifactStore, 'url'>,
  key: ArtifactKey,
  { received, expected, remedy = remedyFor(key), cause }: Change,
): CorruptArtifactError {
  return new CorruptArtifactError(
    `artifact "${key}" in ${url}: received ${received}, expected ${expected}: it was changed or damaged after it was written. ${remedy}`,
    { cause },
  );
}

/** Says in one line why bytes could not be parsed. */
export function whyInvalid(error: unknown): string {
  if (!(error instanceof z.ZodError)) return (error as Error).message;
  return error.issues.map(({ path, message }) => [...path, message].join(': ')).join('; ');
}

/** Whether an error says that an artifact is gone, or not as it was written. */
export function isUnusable(error: unknown): error is ArtifactMissingError | CorruptArtifactError {
  return error instanceof CorruptArtifactError || error instanceof ArtifactMissingError;
}

interface Change {
  readonly received: string;
  readonly expected: string;
  /** A sentence; by default that of the run that made the artifact. */
  readonly remedy?: string | undefined;
  readonly cause?: unknown;
}

function remedyFor(key: ArtifactKey): string {
  const [, run] = /^runs\/([^/]+)\//.exec(key) ?? [];
  return run === undefined
    ? 'Restore it from a backup.'
    : `Restore it from a backup, or run the same configuration again, which makes it anew: with --id ${run} if that run failed or was cancelled, otherwise with a new id.`;
}
