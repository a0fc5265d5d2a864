// @ts-check
import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, isAbsolute, join, resolve } from 'node:path';

/**
 * @param {string} name of a program, or a path to one
 * @param {NodeJS.ProcessEnv} environment
 * @returns {string | undefined} its absolute path
 */
export function findExecutable(name, environment) {
  if (name.includes('/')) return isExecutable(name) ? resolve(name) : undefined;
  const folders = (environment.PATH ?? '').split(delimiter).filter(isAbsolute);
  return folders.map((folder) => join(folder, name)).find(isExecutable);
}

/** @param {string} path */
export function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
