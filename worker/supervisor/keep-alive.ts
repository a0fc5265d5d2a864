import type { ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { type LogFile, lastLogLine, logSize } from './log-file.js';

/** A change in the life of a supervised process. */
export type ProcessEvent =
  | { readonly kind: 'started'; readonly name: string; readonly pid: number }
  | {
      readonly kind: 'died';
      readonly name: string;
      readonly how: string;
      /** Time until the restart. */
      readonly restartInMs: number;
    }
  | { readonly kind: 'stopped'; readonly name: string };

export interface KeepAliveOptions {
  readonly name: string;
  start(): ChildProcess;
  onEvent(event: ProcessEvent): void;
  /** Time to end after SIGTERM, or after the last message from the process, before SIGKILL. */
  readonly graceMs: number;
  /** The log of the process, whose last line is its reason to die. */
  readonly log?: LogFile;
}

const SHORTEST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 30_000;
/** A process that lived this long started well: the wait begins anew. */
const HEALTHY_MS = 30_000;

/** Starts a process and restarts it whenever it ends, with exponential backoff, until it is stopped. */
export class KeptAlive {
  private child: ChildProcess | undefined;
  private readonly stopping = new AbortController();
  private readonly ended: Promise<void>;

  constructor(private readonly options: KeepAliveOptions) {
    this.ended = this.keep();
  }

  /** Sends SIGTERM, then SIGKILL after a grace time without a message, and waits for the end. */
  async stop(): Promise<void> {
    this.stopping.abort();
    const { child } = this;
    const kill = setTimeout(() => child?.kill('SIGKILL'), this.options.graceMs);
    const postpone = () => kill.refresh();
    child?.on('message', postpone);
    child?.kill('SIGTERM');
    await this.ended;
    child?.off('message', postpone);
    clearTimeout(kill);
  }

  private async keep(): Promise<void> {
    const { name, start, onEvent } = this.options;
    const { signal } = this.stopping;
    for (let wait = SHORTEST_WAIT_MS; !signal.aborted; ) {
      const since = performance.now();
      const how = await this.runOnce(start);
      if (signal.aborted) break;
      if (performance.now() - since > HEALTHY_MS) wait = SHORTEST_WAIT_MS;
      onEvent({ kind: 'died', name, how, restartInMs: wait });
      await sleep(wait, undefined, { signal }).catch(() => undefined);
      wait = Math.min(wait * 2, LONGEST_WAIT_MS);
    }
    onEvent({ kind: 'stopped', name });
  }

  /** Runs the process once. A process that can't start, for lack of memory or file descriptors, counts as ended. */
  private async runOnce(start: () => ChildProcess): Promise<string> {
    const { name, onEvent, log } = this.options;
    const logged = log ? logSize(log) : 0;
    try {
      this.child = start();
    } catch (error) {
      this.child = undefined;
      return `not started: ${(error as Error).message}`;
    }
    if (this.child.pid !== undefined) onEvent({ kind: 'started', name, pid: this.child.pid });
    const how = await endOf(this.child);
    const why = log && lastLogLine(log, logged);
    return why ? `${how}: ${why}` : how;
  }
}

function endOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(signal ? `ended by ${signal}` : `exit code ${code}`));
  });
}
