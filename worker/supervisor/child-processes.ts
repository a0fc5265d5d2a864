import { type ChildProcess, fork } from 'node:child_process';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PRIVATE_FILE, PRIVATE_FOLDER } from '../../storage/server-file.js';
import type { Environment } from '../connection.js';

const WORKER = fileURLToPath(new URL('../main.js', import.meta.url));
const END_WITH_PARENT = fileURLToPath(new URL('./end-with-parent.js', import.meta.url));

interface LogFile {
  /** Folder of the log file. */
  readonly logs: string;
  /** Name of the log file, without `.log`. */
  readonly name: string;
}

/** Starts a worker process; it ends when this process does. */
export function forkWorker(args: readonly string[], environment: Environment, output: LogFile): ChildProcess {
  return forkDetached(WORKER, args, environment, output);
}

/**
 * Starts any program through a small process that ends it when this process ends.
 * @param output where the program's output goes; dropped by default
 * @returns the small process; its first message is `{ pid }` of the program
 */
export function forkProgram(
  executable: string,
  args: readonly string[],
  environment: Environment,
  output?: LogFile,
): ChildProcess {
  return forkDetached(END_WITH_PARENT, [executable, ...args], environment, output);
}

/** Uses a process group of its own: a Ctrl-C at the terminal reaches only the supervisor, which ends all in order. */
function forkDetached(
  module: string,
  args: readonly string[],
  environment: Environment,
  output?: LogFile,
): ChildProcess {
  const log = output ? openLog(output) : 'ignore';
  try {
    return fork(module, [...args], {
      detached: true,
      execArgv: [],
      env: { ...environment },
      stdio: ['ignore', log, log, 'ipc'],
    });
  } finally {
    if (typeof log === 'number') closeSync(log);
  }
}

function openLog({ logs, name }: LogFile): number {
  mkdirSync(logs, { recursive: true, mode: PRIVATE_FOLDER });
  return openSync(join(logs, `${name}.log`), 'a', PRIVATE_FILE);
}
