// @ts-check
import { fileURLToPath } from 'node:url';
import { runCommand } from '../command.mjs';

/** The first load reads 850 MB, perhaps from a slow disk. */
const TIMEOUT_MS = 120_000;

/**
 * @param {string} root of the project
 * @param {NodeJS.ProcessEnv} environment
 * @returns {Promise<{tensorflow: string, usesGpu: boolean}>} the report of a child process that loads the engine
 */
export async function tryEngine(root, environment) {
  const script = fileURLToPath(new URL('./check-engine.mjs', import.meta.url));
  const said = await runCommand(process.execPath, [script, root], { environment, timeoutMs: TIMEOUT_MS });
  return JSON.parse(said.split('\n').at(-1) ?? '');
}
