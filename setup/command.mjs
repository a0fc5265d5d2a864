// @ts-check
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { messageOf, SetupError } from './setup-error.mjs';

/**
 * @typedef {object} CommandOptions
 * @property {NodeJS.ProcessEnv} [environment]
 * @property {string} [folder] where to run it
 * @property {(line: string) => void} [onLine] each line of both outputs, as it comes
 * @property {(line: string) => boolean} [isNoise] lines that tell nothing about a failure
 * @property {number} [timeoutMs]
 * @property {AbortSignal} [signal]
 */

const LAST_WORDS = 25;
const SIGNALS = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);

/** @type {Set<number>} process groups to end when this process is told to */
const running = new Set();

/**
 * Runs a command to its end, in a process group of its own, so that it can be ended with all it started.
 *
 * @param {string} file
 * @param {string[]} commandArguments
 * @param {CommandOptions} [options]
 * @returns {Promise<string>} what it wrote to its standard output
 * @throws {SetupError} with its last words, if it can't be started, fails or takes too long
 */
export function runCommand(file, commandArguments, options = {}) {
  const said = [file, ...commandArguments].join(' ');
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
    const lastWords = [];
    let ended = '';
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on('line', (line) => {
        if (stream === child.stdout) output.push(line);
        if (!options.isNoise?.(line)) lastWords.push(line);
        if (lastWords.length > LAST_WORDS) lastWords.shift();
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
            [`\`${said}\` failed: ${problem}.`, ...lastWords.map((line) => `  ${line}`)].join('\n'),
          ),
        );
    }
  });
}

/**
 * While the work runs, being told to end ends the commands under way too; they don't hear a Ctrl-C themselves.
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
    // It ended by itself meanwhile.
  }
}
