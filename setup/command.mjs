// @ts-check
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { messageOf, SetupError } from './setup-error.mjs';

/**
 * @typedef {object} CommandOptions
 * @property {NodeJS.ProcessEnv} [environment]
 * @property {string} [folder] where to run it
 * @property {(line: string) => void} [onLine] called with each line of both outputs
 * @property {(line: string) => boolean} [isNoise] lines to leave out of error messages
 * @property {number} [timeoutMs]
 * @property {AbortSignal} [signal]
 */

const MAX_LINES = 25;
const SIGNALS = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);

/** @type {Set<number>} process groups to end when this process gets a signal */
const running = new Set();

/**
 * Runs a command in its own process group, so that it can be ended with all its children.
 *
 * @param {string} file
 * @param {string[]} commandArguments
 * @param {CommandOptions} [options]
 * @returns {Promise<string>} its standard output
 * @throws {SetupError} with its last lines of output, if it can't be started, fails or times out
 */
export function runCommand(file, commandArguments, options = {}) {
  const text = [file, ...commandArguments].join(' ');
  return new Promise((resolve, reject) => {
    const child = spawn(file, commandArguments, {
      ...(options.folder ? { cwd: options.folder } : {}),
      env: options.environment ?? process.env,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    const { pid } = child;
    if (pid) running.add(pid);
    /** @type {string[]} */
    const output = [];
    /** @type {string[]} */
    const lastLines = [];
    let ended = '';
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on('line', (line) => {
        if (stream === child.stdout) output.push(line);
        if (!options.isNoise?.(line)) lastLines.push(line);
        if (lastLines.length > MAX_LINES) lastLines.shift();
        options.onLine?.(line);
      });
    }
    const timer =
      options.timeoutMs &&
      setTimeout(() => end(`took longer than ${options.timeoutMs} ms`), options.timeoutMs);
    const onAbort = () => end(messageOf(options.signal?.reason));
    options.signal?.addEventListener('abort', onAbort);
    child.once('error', (error) => settle(error.message));
    child.once('close', (code, signal) => {
      if (code === 0 && !ended) settle();
      else settle(ended || (signal ? `was ended by ${signal}` : `ended with exit code ${code}`));
    });

    /** @param {string} why */
    function end(why) {
      ended = why;
      if (pid) endGroup(pid, 'SIGKILL');
    }

    /** @param {string} [problem] */
    function settle(problem) {
      if (timer) clearTimeout(timer);
      options.signal?.removeEventListener('abort', onAbort);
      if (pid) running.delete(pid);
      if (problem === undefined) resolve(output.join('\n'));
      else
        reject(
          new SetupError(
            [`\`${text}\` failed: ${problem}.`, ...lastLines.map((line) => `  ${line}`)].join('\n'),
          ),
        );
    }
  });
}

/**
 * While the work runs, a signal to this process also ends the running commands, which a Ctrl-C doesn't reach.
 *
 * @template T
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function endingCommandsOnSignals(work) {
  /** @param {NodeJS.Signals} signal */
  const onSignal = (signal) => {
    for (const pid of running) endGroup(pid, 'SIGTERM');
    process.exit(signal === 'SIGINT' ? 130 : 143);
  };
  for (const signal of SIGNALS) process.on(signal, onSignal);
  try {
    return await work();
  } finally {
    for (const signal of SIGNALS) process.off(signal, onSignal);
  }
}

/**
 * @param {number} pid
 * @param {NodeJS.Signals} signal
 */
function endGroup(pid, signal) {
  try {
    process.kill(-pid, signal);
  } catch {
    // It has ended in the meantime.
  }
}
