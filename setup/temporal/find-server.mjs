// @ts-check
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { cacheFolder } from '../cache-folder.mjs';
import { findExecutable, isExecutable } from '../executable.mjs';
import { SetupError } from '../setup-error.mjs';
import { parseServerVersion } from './server-version.mjs';

const PROBE_MS = 10_000;

/**
 * The Temporal CLI, whose `server start-dev` is the private server: APPRENTICE_TEMPORAL, else `temporal` on PATH if it
 * is one and recent enough, else the one that set-up has put into the cache.
 *
 * @param {NodeJS.ProcessEnv} environment
 * @returns {string | undefined} its absolute path
 * @throws {SetupError} if APPRENTICE_TEMPORAL names something that can't be run
 */
export function findTemporalServer(environment) {
  const chosen = environment.APPRENTICE_TEMPORAL;
  if (chosen) {
    const path = findExecutable(chosen, environment);
    if (path) return path;
    throw new SetupError(
      `APPRENTICE_TEMPORAL is "${chosen}"; expected the path of the Temporal CLI, an executable file. Correct or unset it.`,
    );
  }
  const onPath = findExecutable('temporal', environment);
  if (onPath && parseServerVersion(versionText(onPath, environment))?.isRecentEnough) return onPath;
  const cached = cachedServer(cacheFolder(environment));
  return isExecutable(cached) ? cached : undefined;
}

/**
 * @param {string} cache
 * @returns {string} where set-up puts the CLI
 */
export function cachedServer(cache) {
  return join(cache, 'temporal', `cli-${process.platform}-${process.arch}`, 'temporal');
}

/**
 * @param {string} path of a CLI
 * @param {NodeJS.ProcessEnv} environment
 * @returns {string} what it says of its version; empty if it doesn't run
 */
export function versionText(path, environment) {
  const { status, stdout } = spawnSync(path, ['--version'], {
    env: environment,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    timeout: PROBE_MS,
  });
  return status === 0 ? stdout.trim() : '';
}
