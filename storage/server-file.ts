import {
  accessSync,
  chmodSync,
  constants,
  mkdirSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { z } from 'zod';
import { ConfigurationError } from '../domain/errors.js';
import type { Home } from '../domain/home.js';

/** Modes of folders and files in a home: they hold configurations, pictures, and the address of a server. */
export const PRIVATE_FOLDER = 0o700;
export const PRIVATE_FILE = 0o600;

/**
 * Creates the home for its owner alone; takes the permissions of others from an existing one.
 * @throws ConfigurationError if the folder can't be created, written to or made private, or belongs to another user
 */
export function makeHome({ folder }: Home): void {
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

const serverFile = z.object({ address: z.string(), pid: z.int(), uiUrl: z.string() });

/** The private Temporal server that `apprentice up` started last. */
export type ServerFile = z.output<typeof serverFile>;

/** Undefined if there is no file, or an unreadable one. */
export function readServerFile({ serverFile: path }: Home): ServerFile | undefined {
  try {
    return serverFile.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    return undefined;
  }
}

export function writeServerFile({ folder, serverFile: path }: Home, server: ServerFile): void {
  mkdirSync(folder, { recursive: true, mode: PRIVATE_FOLDER });
  const aside = `${path}.${process.pid}`;
  writeFileSync(aside, `${JSON.stringify(server, null, 2)}\n`, { mode: PRIVATE_FILE });
  renameSync(aside, path);
}
