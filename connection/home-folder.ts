import { accessSync, chmodSync, constants, mkdirSync, statSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { ConfigurationError } from '../domain/errors.js';
import type { Home } from '../domain/home.js';

/** Modes of folders and files in a home: they hold configurations, pictures, and the address of a server. */
export const PRIVATE_FOLDER = 0o700;
export const PRIVATE_FILE = 0o600;

/** In bytes. SQLite opens no path of more than 511, and its journal's name is longer by 8. */
const LONGEST_DATABASE_PATH = 504;

/**
 * Creates the home for its owner alone; takes the permissions of others from an existing one.
 * @throws ConfigurationError if the folder can't be created, written to or made private, belongs to another user, or has too long a path
 */
export function makeHome(home: Home): void {
  const { folder, database } = home;
  const length = Buffer.byteLength(database);
  if (length > LONGEST_DATABASE_PATH) {
    throw new ConfigurationError(
      `home: received ${folder}: the path of its database has ${length} bytes, expected at most ${LONGEST_DATABASE_PATH}: set APPRENTICE_HOME to a shorter one`,
    );
  }
  try {
    mkdirSync(folder, { recursive: true, mode: PRIVATE_FOLDER });
    const { uid, mode } = statSync(folder);
    expectOwner(folder, uid);
    if ((mode & 0o077) !== 0) chmodSync(folder, PRIVATE_FOLDER);
    accessSync(folder, constants.W_OK);
    makeOwnStore(home);
  } catch (error) {
    if (error instanceof ConfigurationError) throw error;
    throw new ConfigurationError(
      `home: received ${folder}, expected a writable folder: set APPRENTICE_HOME to one (${(error as Error).message})`,
      { cause: error },
    );
  }
}

/** Makes the store's folder private if it lies in the home. Several users may share a store elsewhere. */
export function makeOwnStore({ folder, storeUrl }: Pick<Home, 'folder' | 'storeUrl'>): void {
  if (!storeUrl.startsWith(`${pathToFileURL(folder).href}/`)) return;
  const store = fileURLToPath(storeUrl);
  mkdirSync(store, { recursive: true, mode: PRIVATE_FOLDER });
  if ((statSync(store).mode & 0o077) !== 0) chmodSync(store, PRIVATE_FOLDER);
}

/** Another user who owns the home could exchange its database and models. */
function expectOwner(folder: string, owner: number): void {
  const user = process.getuid?.();
  if (user === undefined || user === owner) return;
  throw new ConfigurationError(
    `home: received ${folder}, which belongs to the user with id ${owner}, expected a folder of your own (id ${user}): set APPRENTICE_HOME to one, or change its owner`,
  );
}
