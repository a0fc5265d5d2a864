import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

type Environment = Readonly<Record<string, string | undefined>>;

/** The files of `apprentice up` on one machine, and the URL of its store. */
export interface Home {
  readonly folder: string;
  /** SQLite file of the private Temporal server. */
  readonly database: string;
  /** Names the namespace of the home's runs. */
  readonly identityFile: string;
  /** Names the running `apprentice up` and its server. */
  readonly serverFile: string;
  readonly logs: string;
  readonly storeUrl: string;
}

/**
 * @param folder APPRENTICE_HOME by default, or `.apprentice` in the current folder
 * @param store folder or URL; APPRENTICE_STORE by default, or `store` in the home
 */
export function homeOf(environment: Environment, folder?: string, store?: string): Home {
  const root = resolve(folder ?? (environment['APPRENTICE_HOME'] || '.apprentice'));
  const elsewhere = store ?? environment['APPRENTICE_STORE'];
  return {
    folder: root,
    database: join(root, 'temporal.db'),
    identityFile: join(root, 'home.json'),
    serverFile: join(root, 'server.json'),
    logs: join(root, 'logs'),
    storeUrl: elsewhere ? urlOf(elsewhere) : pathToFileURL(join(root, 'store')).href,
  };
}

/** Returns an absolute URL, because other processes have other current folders. */
function urlOf(store: string): string {
  return /^[a-z][a-z0-9+.-]+:/i.test(store) ? store : pathToFileURL(resolve(store)).href;
}
