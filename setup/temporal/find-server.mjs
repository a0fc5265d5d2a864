// @ts-check
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { cacheFolder } from '../cache-folder.mjs';
import { findExecutable, isExecutable } from '../executable.mjs';
import { SetupError } from '../setup-error.mjs';
import { OLDEST_SERVER, parseServerVersion } from './server-version.mjs';

const PROBE_MS = 10_000;

/**
 * Finds the Temporal CLI, whose `server start-dev` is the private server: APPRENTICE_TEMPORAL, else `temporal` on PATH
 * if it is recent enough, else the one that set-up installed in the cache.
 *
 * @param {NodeJS.ProcessEnv} environment
 * @returns {string | undefined} its absolute path
 * @throws {SetupError} if APPRENTICE_TEMPORAL is not a recent Temporal CLI
 */
export function findTemporalServer(environment) {
  const chosen = environment.APPRENTICE_TEMPORAL;
  if (chosen) return chosenServer(chosen, environment);
  const onPath = findExecutable('temporal', environment);
  if (onPath && parseServerVersion(versionText(onPath, environment))?.isRecentEnough) return onPath;
  const cached = cachedServer(cacheFolder(environment));
  return isExecutable(cached) ? cached : undefined;
}

/**
 * Never falls back to another CLI: that would run another server than the user expects.
 *
 * @param {string} chosen
 * @param {NodeJS.ProcessEnv} environment
 */
function chosenServer(chosen, environment) {
  const path = findExecutable(chosen, environment);
  if (path && parseServerVersion(versionText(path, environment))?.isRecentEnough) return path;
  throw new SetupError(
    `APPRENTICE_TEMPORAL is "${chosen}"; expected the path of a Temporal CLI with server ${OLDEST_SERVER} or later, ` +
      `but ${path ? 'its --version says otherwise' : 'there is no executable file'}. Correct or unset it.`,
  );
}

/**
 * @param {string} cache
 * @returns {string} where set-up installs the CLI
 */
export function cachedServer(cache) {
  return join(cache, 'temporal', `cli-${process.platform}-${process.arch}`, 'temporal');
}

/**
 * @param {string} path of a CLI
 * @param {NodeJS.ProcessEnv} environment
 * @returns {string} the output of --version; empty if it doesn't run
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
