// @ts-check

import { runCommand } from './command.mjs';
import { findExecutable } from './executable.mjs';
import { messageOf } from './setup-error.mjs';

/**
 * Finds the programs that set-up uses. The finders change nothing.
 *
 * @typedef {{path: string, version: string, pip: string | undefined, problem: string | undefined}} Python
 * @typedef {{command: [string, ...string[]], version: string}} Compiler
 * @typedef {{path: string, version: string}} Go
 */

const PROBE_MS = 20_000;
export const COMPILERS = ['g++', 'clang++', 'c++'];

/**
 * @param {NodeJS.ProcessEnv} environment
 * @returns {Promise<Python | undefined>} the first Python 3; `pip` is undefined if it has none
 */
export async function findPython(environment) {
  for (const name of ['python3', 'python']) {
    const path = findExecutable(name, environment);
    if (!path) continue;
    const probe = 'import sys, zipfile; print("%d.%d.%d" % sys.version_info[:3])';
    const version = await runCommand(path, ['-c', probe], { environment, timeoutMs: PROBE_MS }).catch(
      () => '',
    );
    if (!version.startsWith('3.')) continue;
    try {
      const output = await runCommand(path, ['-m', 'pip', '--version'], { environment, timeoutMs: PROBE_MS });
      return { path, version, pip: /pip (\S+)/.exec(output)?.[1] ?? output, problem: undefined };
    } catch (error) {
      return { path, version, pip: undefined, problem: messageOf(error) };
    }
  }
  return undefined;
}

/**
 * @param {NodeJS.ProcessEnv} environment
 * @returns {Promise<Compiler | undefined>} $CXX, else the first of {@link COMPILERS} on PATH
 */
export async function findCompiler(environment) {
  // $CXX may carry more than a name, as in "ccache g++".
  const chosen = (environment.CXX ?? '').split(/\s+/).filter(Boolean);
  const candidates = chosen.length > 0 ? [chosen] : COMPILERS.map((name) => [name]);
  for (const [name, ...rest] of candidates) {
    const path = name && findExecutable(name, environment);
    if (!path || !(await hasDeveloperTools(environment))) continue;
    const output = await runCommand(path, [...rest, '--version'], { environment, timeoutMs: PROBE_MS }).catch(
      () => '',
    );
    const version = output.split('\n')[0];
    if (version) return { command: [path, ...rest], version };
  }
  return undefined;
}

/**
 * @param {NodeJS.ProcessEnv} environment
 * @returns {Promise<Go | undefined>}
 */
export async function findGo(environment) {
  const path = findExecutable('go', environment);
  if (!path) return undefined;
  const output = await runCommand(path, ['env', 'GOVERSION'], { environment, timeoutMs: PROBE_MS }).catch(
    () => '',
  );
  const version = /^go(\d+\.\d+(?:\.\d+)?)/.exec(output)?.[1];
  return version ? { path, version } : undefined;
}

/**
 * npm as `npm run` itself runs it, else from PATH.
 *
 * @param {NodeJS.ProcessEnv} environment
 * @returns {[string, ...string[]] | undefined}
 */
export function findNpm(environment) {
  const script = environment.npm_execpath;
  if (script?.endsWith('npm-cli.js')) return [process.execPath, script];
  const path = findExecutable('npm', environment);
  return path ? [path] : undefined;
}

/**
 * On macOS the compilers on PATH are stubs that open a dialogue until the developer tools are installed.
 *
 * @param {NodeJS.ProcessEnv} environment
 */
async function hasDeveloperTools(environment) {
  if (process.platform !== 'darwin') return true;
  return runCommand('xcode-select', ['-p'], { environment, timeoutMs: PROBE_MS }).then(
    () => true,
    () => false,
  );
}
