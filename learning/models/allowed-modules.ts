import { realpath } from 'node:fs/promises';
import { ConfigurationError } from '../../domain/errors.js';
import { isWithin } from './is-within.js';
import { moduleLoadError } from './load-errors.js';

let allowed: readonly string[] = [];

/** Sets the folders from which this process may load modules of networks; none before the first call. */
export function allowModulesIn(folders: readonly string[]): void {
  allowed = folders;
}

/**
 * Resolves the links of a module's path and checks that the file lies in an allowed folder: a configuration may come
 * from someone else than the operator of the trainer, and a module runs with the trainer's rights.
 * @param field of the configuration that names the module
 * @returns the real path, to be read or imported instead of the given one
 * @throws ConfigurationError when it lies elsewhere
 * @throws ModelError when there is no such file
 */
export async function allowedModule(path: string, field: string): Promise<string> {
  const real = await realpath(path).catch((error) => {
    throw moduleLoadError(field, path, error);
  });
  const folders = await Promise.all(allowed.map((folder) => realpath(folder).catch(() => undefined)));
  if (folders.some((folder) => folder !== undefined && isWithin(real, folder))) return real;
  const leads = real === path ? '' : `, which leads to ${real}`;
  throw new ConfigurationError(
    `${field}: received the module ${path}${leads}, expected one within ${allowed.join(' or ') || 'a folder that this process allows (it allows none)'}: move the file there, or start \`apprentice up\` or \`apprentice worker\` with --modules FOLDER (for --dry-run, set APPRENTICE_MODULES) if you trust all code in that folder`,
  );
}
