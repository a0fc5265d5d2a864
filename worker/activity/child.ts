/**
 * The process that runs one activity: it receives the activity from its parent, reports progress, and ends. It has its
 * own process group, so a Ctrl-C at the terminal doesn't reach it; its parent asks it to stop.
 */
import { availableParallelism } from 'node:os';
import { setTimeout as after } from 'node:timers';
import type { ProcessContext } from '../../activities/run-activity.js';
import { moduleFoldersOf } from '../../domain/module-folders.js';
import { openStore } from '../../storage/open-store.js';
import type { FromChild, ToChild } from './messages.js';
import { serializeError } from './serialized-error.js';

type Run = Extract<ToChild, { kind: 'run' }>;
type RunActivity = (name: string, input: unknown, context: ProcessContext) => Promise<unknown>;

/** A fast activity would otherwise send a thousand messages a second. */
const PROGRESS_EVERY_MS = 100;
/** maxRSS is in KiB. */
const MAX_RSS_UNIT = 1024;

/** Threads within an operation. */
const INTRAOP = 'TF_NUM_INTRAOP_THREADS';

const stop = new AbortController();

/** Resolves when the message is sent. A parent that is gone is no error here: the `disconnect` handler deals with it. */
function send(message: FromChild): Promise<void> {
  return new Promise((resolve) => {
    if (!process.connected) resolve();
    else process.send?.(message, undefined, undefined, () => resolve());
  });
}

function progressSender(): ProcessContext['report'] {
  let last = Number.NEGATIVE_INFINITY;
  return (progress) => {
    const now = performance.now();
    if (now - last < PROGRESS_EVERY_MS && progress.done < progress.total) return;
    last = now;
    void send({ kind: 'progress', progress });
  };
}

/** TensorFlow reads the environment when it loads. */
function tensorFlowThreads(): NonNullable<ProcessContext['tensorFlowThreads']> {
  return {
    own: Number(process.env[INTRAOP]) || availableParallelism(),
    use(count) {
      process.env[INTRAOP] = String(count);
      // Not decisive for results, so a value that is set stays.
      for (const name of ['TF_NUM_INTEROP_THREADS', 'OMP_NUM_THREADS']) process.env[name] ??= String(count);
    },
  };
}

/** Called at each transfer of bytes while this process ends. */
let postponeExit = () => undefined as unknown;

/** Asks the activity to save and end, and exits when it transfers no bytes for the grace time. */
function endSoon(reason: string, graceMs: number): void {
  stop.abort(new Error(reason));
  const exit = after(() => process.exit(1), graceMs);
  postponeExit = () => exit.refresh();
}

function transferSender(): () => void {
  let last = Number.NEGATIVE_INFINITY;
  return () => {
    postponeExit();
    const now = performance.now();
    if (now - last < PROGRESS_EVERY_MS) return;
    last = now;
    void send({ kind: 'transfer' });
  };
}

async function run({ name, input, storeUrl, activities, graceMs }: Run): Promise<FromChild> {
  process.once('disconnect', () => endSoon('the worker that started this activity is gone', graceMs));
  process.once('SIGTERM', () => endSoon('SIGTERM', graceMs));
  try {
    const { runActivity } = (await import(activities)) as { runActivity: RunActivity };
    const store = openStore(storeUrl, { onTransfer: transferSender(), mustExist: true });
    const context = {
      store,
      signal: stop.signal,
      report: progressSender(),
      tensorFlowThreads: tensorFlowThreads(),
      modules: moduleFoldersOf(process.env),
    };
    const result = await runActivity(name, input, context);
    return { kind: 'result', result, peakMemoryBytes: process.resourceUsage().maxRSS * MAX_RSS_UNIT };
  } catch (error) {
    if (stop.signal.aborted && error === stop.signal.reason)
      return { kind: 'stopped', reason: (error as Error).message };
    return { kind: 'error', error: serializeError(error) };
  }
}

// When the parent is gone its pipes are broken; the activity must still save.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

process.on('message', async (message: ToChild) => {
  if (message.kind === 'stop') {
    stop.abort(new Error('asked to stop'));
    return;
  }
  const outcome = await run(message);
  await send(outcome);
  // TensorFlow's threads would keep the process alive.
  process.exit(outcome.kind === 'error' ? 1 : 0);
});
if (!process.connected) process.exit(1);
