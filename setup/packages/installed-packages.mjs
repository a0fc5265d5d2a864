// @ts-check
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { systemCode } from '../setup-error.mjs';

/**
 * @typedef {{version?: string, integrity?: string, link?: boolean, optional?: boolean, peer?: boolean}} LockedPackage
 */

/**
 * Whether node_modules holds what package-lock.json asks for. npm writes its list of installed packages last, so a
 * killed installation has none.
 *
 * @param {string} root
 * @returns {string | undefined} the first difference
 */
export function installedProblem(root) {
  const installed = readPackages(join(root, 'node_modules', '.package-lock.json'));
  if (!installed) return 'node_modules is missing or incomplete';
  for (const [path, wanted] of Object.entries(lockedPackages(root))) {
    const present = installed[path];
    // npm leaves out optional packages of other platforms.
    if (!present && wanted.optional) continue;
    if (!present) return `${nameOf(path)} is missing`;
    if (present.version !== wanted.version || present.integrity !== wanted.integrity) {
      return `${nameOf(path)} is ${present.version}, wanted ${wanted.version}`;
    }
  }
  return undefined;
}

/**
 * @param {string} root
 * @returns {number} number of packages that every platform installs
 */
export function lockedCount(root) {
  return Object.values(lockedPackages(root)).filter(({ optional }) => !optional).length;
}

/**
 * @param {string} root
 * @returns {Record<string, LockedPackage>} path -> package
 */
function lockedPackages(root) {
  const { '': _project, ...locked } = readPackages(join(root, 'package-lock.json')) ?? {};
  return locked;
}

/**
 * @param {string} path
 * @returns {Record<string, LockedPackage> | undefined}
 */
function readPackages(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8')).packages;
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** @param {string} path such as node_modules/a/node_modules/b */
function nameOf(path) {
  return path.split('node_modules/').at(-1);
}
