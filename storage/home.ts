import { accessSync, constants, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { ConfigurationError } from '../domain/errors.js';

type Environment = Readonly<Record<string, string | undefined>>;

/** What one machine's `apprentice up` keeps in a folder. */
export interface Home {
  readonly folder: string;
  /** SQLite file of the private Temporal server. */
  readonly database: string;
  readonly serverFile: string;
  readonly logs: string;
  readonly storeUrl: string;
}

/** APPRENTICE_HOME, or `.apprentice` in the current folder; its store may be elsewhere: APPRENTICE_STORE. */
export function homeOf(environment: Environment, folder?: string, store?: string): Home {
  const root = resolve(folder ?? (environment['APPRENTICE_HOME'] || '.apprentice'));
  const elsewhere = store ?? environment['APPRENTICE_STORE'];
  return {
    folder: root,
    database: join(root, 'temporal.db'),
    serverFile: join(root, 'server.json'),
    logs: join(root, 'logs'),
    storeUrl: elsewhere ? urlOf(elsewhere) : pathToFileURL(join(root, 'store')).href,
  };
}

/** Other processes have other current folders. */
function urlOf(store: string): string {
  return /^[a-z][a-z0-9+.-]+:/i.test(store) ? store : pathToFileURL(resolve(store)).href;
}

/** @throws ConfigurationError where the folder can't be made, or isn't one */
export function makeHome({ folder }: Home): void {
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
  } catch (error) {
    throw new ConfigurationError(
      `home: received ${folder}, expected a folder that can be made and written to: set APPRENTICE_HOME to one (${(error as Error).message})`,
      { cause: error },
    );
  }
}

const serverFile = z.object({ address: z.string(), pid: z.int(), uiUrl: z.string() });

/** The private Temporal server that `apprentice up` has started last. */
export type ServerFile = z.output<typeof serverFile>;

/** Undefined where there is none, or what is there is none. */
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
