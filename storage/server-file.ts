import { randomUUID } from 'node:crypto';
import {
  accessSync,
  chmodSync,
  constants,
  mkdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { z } from 'zod';
import { ConfigurationError } from '../domain/errors.js';
import type { Home } from '../domain/home.js';
import { readRegularSync } from '../domain/regular-file.js';
import { processIdentity } from './process-identity.js';

/** Modes of folders and files in a home: they hold configurations, pictures, and the address of a server. */
export const PRIVATE_FOLDER = 0o700;
export const PRIVATE_FILE = 0o600;

/** In bytes. SQLite opens no path of more than 511, and its journal's name is longer by 8. */
const LONGEST_DATABASE_PATH = 504;

/**
 * Creates the home for its owner alone; takes the permissions of others from an existing one.
 * @throws ConfigurationError if the folder can't be created, written to or made private, belongs to another user, or has too long a path
 */
export function makeHome({ folder, database }: Home): void {
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
  } catch (error) {
    if (error instanceof ConfigurationError) throw error;
    throw new ConfigurationError(
      `home: received ${folder}, expected a writable folder: set APPRENTICE_HOME to one (${(error as Error).message})`,
      { cause: error },
    );
  }
}

/** Another user who owns the home could exchange its database and models. */
function expectOwner(folder: string, owner: number): void {
  const user = process.getuid?.();
  if (user === undefined || user === owner) return;
  throw new ConfigurationError(
    `home: received ${folder}, which belongs to the user with id ${owner}, expected a folder of your own (id ${user}): set APPRENTICE_HOME to one, or change its owner`,
  );
}

const serverFile = z.object({
  /** The folder that the file was written for: a copy of a home does not have its server. */
  home: z.string(),
  /** Of the `up` that wrote the file. */
  token: z.string(),
  supervisor: processIdentity,
  server: processIdentity.optional(),
  /** Absent until the server is ready. */
  address: z.string().optional(),
  uiUrl: z.string().optional(),
});

/** The `apprentice up` that runs the home's private server, and the server. */
export type ServerFile = z.output<typeof serverFile>;

/** Undefined if there is no file, an unreadable one, or that of another folder. It may be stale. */
export function readServerFile({ folder, serverFile: path }: Home): ServerFile | undefined {
  try {
    const file = serverFile.parse(JSON.parse(readRegularSync(path)));
    return file.home === folderIdentity(folder) ? file : undefined;
  } catch {
    return undefined;
  }
}

export function writeServerFile({ folder, serverFile: path }: Home, file: Omit<ServerFile, 'home'>): void {
  const aside = `${path}.${randomUUID()}`;
  const text = JSON.stringify({ home: folderIdentity(folder), ...file }, null, 2);
  writeFileSync(aside, `${text}\n`, { mode: PRIVATE_FILE });
  renameSync(aside, path);
}

/** Removes the file of the `up` with this token, not that of a successor. */
export function removeServerFile(home: Home, token: string): void {
  if (readServerFile(home)?.token === token) rmSync(home.serverFile, { force: true });
}

/** The folder itself, whatever its name: a home may be moved while its server runs. */
function folderIdentity(folder: string): string {
  const { dev, ino } = statSync(folder);
  return `${dev}:${ino}`;
}
