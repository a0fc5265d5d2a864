import { accessSync, constants, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { ConfigurationError } from '../domain/errors.js';
import type { Home } from '../domain/home.js';

/** @throws ConfigurationError if the folder can't be created or written to */
export function makeHome({ folder }: Home): void {
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
  } catch (error) {
    throw new ConfigurationError(
      `home: received ${folder}, expected a writable folder: set APPRENTICE_HOME to one (${(error as Error).message})`,
      { cause: error },
    );
  }
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
  mkdirSync(folder, { recursive: true });
  const aside = `${path}.${process.pid}`;
  writeFileSync(aside, `${JSON.stringify(server, null, 2)}\n`);
  renameSync(aside, path);
}
