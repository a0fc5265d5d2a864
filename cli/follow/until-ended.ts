import { WRONG_INPUT_ERRORS } from '../../domain/errors.js';
import { EXIT } from '../exit-codes.js';
import { untilAborted } from './until-aborted.js';

const INTERVAL_MS = { live: 500, plain: 1000 } as const;

interface Ended {
  readonly status: 'completed' | 'cancelled' | 'failed';
  readonly errorType?: string;
}

interface Followable<Snapshot> {
  readonly runId: string;
  follow(options: { readonly signal: AbortSignal; readonly intervalMs: number }): AsyncIterable<Snapshot>;
}

interface Shown<Snapshot> {
  readonly stderr: NodeJS.WritableStream;
  readonly isLive: boolean;
  show(snapshot: Snapshot): void | Promise<void>;
  end(last: Snapshot | undefined): void | Promise<void>;
  /** Printed at Ctrl-C. */
  readonly interruptMessage: readonly string[];
}

/** Whether to draw the run in place. */
export function isLive(stdout: NodeJS.WriteStream, json: boolean): boolean {
  return stdout.isTTY && process.env['TERM'] !== 'dumb' && !json;
}

/**
 * Shows a run until it ends or Ctrl-C is pressed, which does not stop the run.
 * @returns the exit code: 0 completed, 1 failed or cancelled, 2 failed by wrong input, 130 at Ctrl-C; and the last
 *   snapshot
 */
export async function followUntilEnded<Snapshot extends { readonly outcome?: Ended }>(
  work: Followable<Snapshot>,
  { stderr, isLive, show, end, interruptMessage }: Shown<Snapshot>,
): Promise<{ readonly exitCode: number; readonly last?: Snapshot }> {
  const interrupted = new AbortController();
  const interrupt = () => {
    // A second Ctrl-C ends this process immediately.
    if (interrupted.signal.aborted) process.exit(EXIT.interrupted);
    interrupted.abort();
  };
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', interrupt);
  let last: Snapshot | undefined;
  try {
    const { signal } = interrupted;
    const intervalMs = isLive ? INTERVAL_MS.live : INTERVAL_MS.plain;
    for await (const snapshot of untilAborted(work.follow({ signal, intervalMs }), signal)) {
      last = snapshot;
      await show(snapshot);
    }
  } finally {
    await end(last);
    process.off('SIGINT', interrupt);
    process.off('SIGTERM', interrupt);
  }
  if (last?.outcome) return { exitCode: exitCodeOf(last.outcome), last };
  stderr.write(`\n${interruptMessage.join('\n')}\n`);
  return { exitCode: EXIT.interrupted, ...(last && { last }) };
}

function exitCodeOf({ status, errorType = '' }: Ended): number {
  if (status === 'completed') return EXIT.ok;
  return WRONG_INPUT_ERRORS.includes(errorType) ? EXIT.usage : EXIT.failed;
}
