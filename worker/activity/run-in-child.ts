import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { ActivityName, InputOf, ResultOf } from '../../activities/activities.js';
import { HandedOverError, TrainerLostError } from '../../domain/errors.js';
import type { ActivityProgress } from '../../domain/records.js';
import { LastLines } from './last-lines.js';
import type { FromChild, ToChild } from './messages.js';
import { deserializeError } from './serialized-error.js';

export interface ChildOptions {
  readonly storeUrl: string;
  /** Its abort asks the child to save and end. */
  readonly signal: AbortSignal;
  /** Called again with the last progress while the child writes or reads a large artifact. */
  onProgress(progress: Omit<ActivityProgress, 'attempt'>): void;
  /** Called while the child saves after a request to stop: its grace time begins anew. */
  onSaving?(): void;
  /** Called with the peak memory of the child when the activity has its result. */
  onFinished?(usage: { readonly peakMemoryBytes: number }): void;
  /** Called with each line that the child prints, for example by a user's module. */
  onOutput?(line: string): void;
  /** The child's complete environment, see trainer-environment.ts. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Time from the request to stop, or the last bytes saved after it, until the child's process group is killed. */
  readonly graceMs: number;
  /** File URL of another module with a `runActivity`; the real activities by default. */
  readonly activities?: string;
}

/** Time to exit after the result was sent. */
const EXIT_MS = 5_000;
const CHILD = fileURLToPath(new URL('./child.js', import.meta.url));
const ACTIVITIES = new URL('../../activities/run-activity.js', import.meta.url).href;

/**
 * Runs an activity in a child process, which may block, leak memory, crash or be killed without harm to the worker.
 * @returns the activity's result, when the process has ended
 * @throws the activity's own error, with its own class if it is one of ours
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
  send(child, { kind: 'run', name, input, storeUrl, activities, graceMs });
  const outcome = await outcomeOf(child, name, options, lastLines);
  if (outcome.kind === 'result') {
    options.onFinished?.({ peakMemoryBytes: outcome.peakMemoryBytes });
    return outcome.result as ResultOf<Name>;
  }
  // After a request to stop, any end counts as stopped.
  options.signal.throwIfAborted();
  throw outcome.error;
}

type Outcome = Extract<FromChild, { kind: 'result' }> | { readonly kind: 'failed'; readonly error: Error };

/** Waits for the end of the process; its last message before that is the outcome. */
function outcomeOf(
  child: ChildProcess,
  name: string,
  options: ChildOptions,
  lastLines: LastLines,
): Promise<Outcome> {
  const { signal, graceMs, onProgress, onSaving } = options;
  return new Promise((resolve) => {
    let outcome: Outcome | undefined;
    let deadline: NodeJS.Timeout | undefined;
    let latest: Omit<ActivityProgress, 'attempt'> | undefined;
    const killAfter = (milliseconds: number) => {
      clearTimeout(deadline);
      deadline = setTimeout(() => killGroup(child), milliseconds);
    };
    const askToStop = () => {
      send(child, { kind: 'stop' });
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
        latest = message.progress;
        onProgress(latest);
        return;
      }
      if (message.kind === 'transfer') {
        if (latest) onProgress(latest);
        if (!signal.aborted || outcome) return;
        killAfter(graceMs);
        onSaving?.();
        return;
      }
      outcome = message.kind === 'result' ? message : { kind: 'failed', error: failureOf(name, message) };
      killAfter(EXIT_MS);
    });
    child.once('error', (error) =>
      end({ kind: 'failed', error: lost(name, `did not start: ${error.message}`, lastLines) }),
    );
    // `close` follows `exit` when all output is read; a grandchild may hold the pipes open.
    child.once('exit', () => setTimeout(() => child.stdout?.destroy(), EXIT_MS).unref());
    child.once('exit', () => setTimeout(() => child.stderr?.destroy(), EXIT_MS).unref());
    child.once('close', (code, signalName) => {
      const how = signalName ? `was ended by ${signalName}` : `ended with exit code ${code} and no result`;
      end({ kind: 'failed', error: lost(name, how, lastLines) });
    });
  });
}

function failureOf(name: string, message: Extract<FromChild, { kind: 'error' | 'stopped' }>): Error {
  if (message.kind === 'error') return deserializeError(message.error);
  return new HandedOverError(
    `${name}: its process was stopped (${message.reason}); the next attempt resumes from its checkpoint`,
  );
}

function lost(name: string, how: string, lastLines: LastLines): TrainerLostError {
  const output = String(lastLines);
  return new TrainerLostError(`${name}: its process ${how}${output ? `; its last output:\n${output}` : ''}`);
}

/** Does nothing when the child is gone; its `close` event reports that. */
function send(child: ChildProcess, message: ToChild): void {
  if (child.connected) child.send(message, () => undefined);
}

/** Kills the child and all processes that it started. */
function killGroup(child: ChildProcess): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch (error) {
    // It has ended in the meantime.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
