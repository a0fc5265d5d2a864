import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { ActivityName, InputOf, ResultOf } from '../../activities/activities.js';
import { TrainerLostError } from '../../domain/errors.js';
import type { ActivityProgress } from '../../domain/records.js';
import { LastLines } from './last-lines.js';
import type { FromChild, ToChild } from './messages.js';
import { unpackError } from './sent-error.js';

export interface ChildOptions {
  readonly storeUrl: string;
  /** When it aborts, the child is asked to save and end. */
  readonly signal: AbortSignal;
  onProgress(progress: Omit<ActivityProgress, 'attempt'>): void;
  /** Peak memory of the child, told once when the step has come to its result. */
  onFinished?(usage: { readonly peakMemoryBytes: number }): void;
  /** Lines that the child prints: warnings, and whatever a user's module says. */
  onOutput?(line: string): void;
  /** The child's whole environment, see trainer-environment.ts. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** How long a child that is asked to stop may take before its process group is killed. */
  readonly graceMs: number;
  /** File URL of another module with a `runActivity`; the real activities by default. */
  readonly activities?: string;
}

/** After its result a child only has to exit. */
const EXIT_MS = 5_000;
const CHILD = fileURLToPath(new URL('./child.js', import.meta.url));
const ACTIVITIES = new URL('../../activities/run-activity.js', import.meta.url).href;

/**
 * Runs a step in a process of its own, which may then block, leak, crash or be killed without harm.
 * @returns the step's result, when the process has ended
 * @throws the step's own error, of its own class where it is one of ours
 * @throws TrainerLostError when the process ends without a result
 * @throws the signal's reason when it aborts
 */
export async function runInChild<Name extends ActivityName>(
  name: Name,
  input: InputOf<Name>,
  options: ChildOptions,
): Promise<ResultOf<Name>> {
  options.signal.throwIfAborted();
  const { storeUrl, graceMs, activities = ACTIVITIES } = options;
  const child = fork(CHILD, [], {
    detached: true,
    execArgv: [],
    serialization: 'advanced',
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: { ...options.environment },
  });
  const lastLines = new LastLines();
  lastLines.follow(child.stdout, options.onOutput);
  lastLines.follow(child.stderr, options.onOutput);
  tell(child, { kind: 'run', name, input, storeUrl, activities, graceMs });
  const outcome = await outcomeOf(child, name, options, lastLines);
  if (outcome.kind === 'result') {
    options.onFinished?.({ peakMemoryBytes: outcome.peakMemoryBytes });
    return outcome.result as ResultOf<Name>;
  }
  // However it ended after being asked to: that is what was asked for.
  options.signal.throwIfAborted();
  throw outcome.error;
}

type Outcome = Extract<FromChild, { kind: 'result' }> | { readonly kind: 'failed'; readonly error: Error };

/** Waits for the process to end; what it said last before counts. */
function outcomeOf(
  child: ChildProcess,
  name: string,
  options: ChildOptions,
  lastLines: LastLines,
): Promise<Outcome> {
  const { signal, graceMs, onProgress } = options;
  return new Promise((resolve) => {
    let outcome: Outcome | undefined;
    let deadline: NodeJS.Timeout | undefined;
    const killAfter = (milliseconds: number) => {
      clearTimeout(deadline);
      deadline = setTimeout(() => killGroup(child), milliseconds);
    };
    const askToStop = () => {
      tell(child, { kind: 'stop' });
      killAfter(graceMs);
    };
    const end = (last: Outcome) => {
      clearTimeout(deadline);
      signal.removeEventListener('abort', askToStop);
      resolve(outcome ?? last);
    };
    signal.addEventListener('abort', askToStop, { once: true });
    child.on('message', (message: FromChild) => {
      if (message.kind === 'progress') {
        onProgress(message.progress);
        return;
      }
      outcome = message.kind === 'result' ? message : { kind: 'failed', error: failureOf(name, message) };
      killAfter(EXIT_MS);
    });
    child.once('error', (error) =>
      end({ kind: 'failed', error: lost(name, `did not start: ${error.message}`, lastLines) }),
    );
    // `close` comes after `exit`, when all that was said is read; a grandchild may hold the pipes open.
    child.once('exit', () => setTimeout(() => child.stdout?.destroy(), EXIT_MS).unref());
    child.once('exit', () => setTimeout(() => child.stderr?.destroy(), EXIT_MS).unref());
    child.once('close', (code, signalName) => {
      const how = signalName ? `was ended by ${signalName}` : `ended with exit code ${code} and no result`;
      end({ kind: 'failed', error: lost(name, how, lastLines) });
    });
  });
}

function failureOf(name: string, message: Extract<FromChild, { kind: 'error' | 'stopped' }>): Error {
  if (message.kind === 'error') return unpackError(message.error);
  return new TrainerLostError(
    `${name}: its process was stopped (${message.reason}); another attempt goes on from its checkpoint`,
  );
}

function lost(name: string, how: string, lastLines: LastLines): TrainerLostError {
  const said = String(lastLines);
  return new TrainerLostError(`${name}: its process ${how}${said ? `; the last it said:\n${said}` : ''}`);
}

/** A child that is gone can't be told; its end is noticed by itself. */
function tell(child: ChildProcess, message: ToChild): void {
  if (child.connected) child.send(message, () => undefined);
}

/** Ends the child and whatever it started. */
function killGroup(child: ChildProcess): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch (error) {
    // Gone in the meantime.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
