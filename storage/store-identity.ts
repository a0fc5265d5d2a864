import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { ArtifactStore } from '../domain/artifact-store.js';
import { ArtifactMissingError, StoreGoneError } from '../domain/errors.js';
import { encodeSealed, readSealed } from '../domain/sealed-record.js';

const KEY = 'store.json';
const record = z.object({ id: z.string().regex(/^[0-9a-f]{16}$/) });

const REMEDY =
  'Restore it from a backup; if no run is in progress, delete it and start the workers again: the store then gets a new id.';

/**
 * The id of a store, kept in the store itself and made at its first use: the same whatever path or machine it is seen
 * from. Two stores have two ids; a copy has that of its original.
 * @throws CorruptArtifactError if the record is damaged
 */
export async function storeIdentity(store: ArtifactStore): Promise<string> {
  const known = await readStoreIdentity(store);
  if (known !== undefined) return known;
  await store.create(KEY, encodeSealed(KEY, { id: randomBytes(8).toString('hex') }));
  return (await readStoreIdentity(store))!;
}

/** Undefined if nothing has used the store yet. @throws CorruptArtifactError if the record is damaged */
export async function readStoreIdentity(store: ArtifactStore): Promise<string | undefined> {
  try {
    return (await readSealed(store, KEY, record, { remedy: REMEDY })).id;
  } catch (error) {
    if (error instanceof ArtifactMissingError) return undefined;
    throw error;
  }
}

/**
 * Checks that a store is still the one that a worker began with: its disk may be gone, and another be in its place.
 * @throws StoreGoneError
 */
export async function expectStore(store: ArtifactStore, id: string): Promise<void> {
  const now = await readStoreIdentity(store);
  if (now === id) return;
  throw new StoreGoneError(
    `store: ${store.url} ${now === undefined ? 'has no id' : `has the id ${now}`}, expected ${id}, with which this worker started: is its disk mounted? The step is tried again`,
  );
}
