// @ts-check
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

/**
 * The folder for downloads. It lies outside of any checkout, so that checkouts share it.
 *
 * @param {NodeJS.ProcessEnv} environment
 * @param {NodeJS.Platform} [platform]
 * @param {string} [home]
 * @returns {string} an absolute path
 */
export function cacheFolder(environment, platform = process.platform, home = homedir()) {
  if (environment.APPRENTICE_CACHE) return resolve(environment.APPRENTICE_CACHE);
  if (environment.XDG_CACHE_HOME) return resolve(environment.XDG_CACHE_HOME, 'apprentice');
  return platform === 'darwin'
    ? join(home, 'Library', 'Caches', 'apprentice')
    : join(home, '.cache', 'apprentice');
}
