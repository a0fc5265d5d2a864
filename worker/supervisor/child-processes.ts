import { type ChildProcess, fork } from 'node:child_process';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Environment } from '../connection.js';

const WORKER = fileURLToPath(new URL('../main.js', import.meta.url));
const TETHER = fileURLToPath(new URL('./tether.js', import.meta.url));

interface Output {
  /** Folder for what the process prints. */
  readonly logs: string;
  readonly name: string;
}

/** A worker process; it ends when this process does. */
export function forkWorker(args: readonly string[], environment: Environment, output: Output): ChildProcess {
  return forkDetached(WORKER, args, environment, output);
}

/** Any program, through a small process that ends it when this process ends. */
export function forkTethered(
  executable: string,
  args: readonly string[],
  environment: Environment,
  output: Output,
): ChildProcess {
  return forkDetached(TETHER, [executable, ...args], environment, output);
}

/** In a process group of its own: a Ctrl-C at the terminal reaches the supervisor only, which ends all in order. */
function forkDetached(
  module: string,
  args: readonly string[],
  environment: Environment,
  { logs, name }: Output,
): ChildProcess {
  mkdirSync(logs, { recursive: true });
  const log = openSync(join(logs, `${name}.log`), 'a');
  try {
    return fork(module, [...args], {
      detached: true,
      execArgv: [],
      env: { ...environment },
      stdio: ['ignore', log, log, 'ipc'],
    });
  } finally {
    closeSync(log);
  }
}
