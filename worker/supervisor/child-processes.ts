import { type ChildProcess, fork } from 'node:child_process';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { PRIVATE_FILE, PRIVATE_FOLDER } from '../../connection/home-folder.js';
import type { Environment } from '../../connection/settings.js';
import { type LogFile, logPath } from './log-file.js';

const WORKER = fileURLToPath(new URL('../main.js', import.meta.url));
const END_WITH_PARENT = fileURLToPath(new URL('./end-with-parent.js', import.meta.url));

/** The messages of a worker process. */
export type FromWorker =
  /** It takes steps; the notices are for the user. */
  | { readonly kind: 'ready'; readonly notices: readonly string[] }
  /** It still saves, and gets its grace time anew. */
  | { readonly kind: 'saving' };

/** The messages of {@link forkProgram}'s process. */
export interface FromProgram {
  readonly pid: number;
}

/** Starts a worker process; it ends when this process does. */
export function forkWorker(args: readonly string[], environment: Environment, output: LogFile): ChildProcess {
  return forkDetached(WORKER, args, environment, output);
}

/**
 * Starts any program through a small process that ends it when this process ends. If that small process is killed, the
 * program is too: nothing would end it any more, and its port and files would stay taken.
 * @param output where the program's output goes; dropped by default
 * @returns the small process; its first message is `{ pid }` of the program
 */
export function forkProgram(
  executable: string,
  args: readonly string[],
  environment: Environment,
  output?: LogFile,
): ChildProcess {
  const child = forkDetached(END_WITH_PARENT, [executable, ...args], environment, output);
  child.once('exit', () => killGroup(child));
  return child;
}

/** Kills what is left of a process group whose leader has ended. */
function killGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    // Nothing is left, which is the rule; macOS says EPERM of a group that has just ended.
    if (!['ESRCH', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  }
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

function openLog(file: LogFile): number {
  mkdirSync(file.logs, { recursive: true, mode: PRIVATE_FOLDER });
  return openSync(logPath(file), 'a', PRIVATE_FILE);
}
