import type { ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';

/** What happens to a supervised process. */
export type ProcessEvent =
  | { readonly kind: 'started'; readonly name: string; readonly pid: number }
  | {
      readonly kind: 'died';
      readonly name: string;
      readonly how: string;
      /** Until it is started again. */
      readonly restartInMs: number;
    }
  | { readonly kind: 'stopped'; readonly name: string };

export interface KeepAliveOptions {
  readonly name: string;
  start(): ChildProcess;
  onEvent(event: ProcessEvent): void;
  /** How long it may take to end by itself once asked to. */
  readonly graceMs: number;
}

const SHORTEST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 30_000;
/** One that lived so long had no trouble starting. */
const LIVED_MS = 30_000;

/** Starts a process and, until told to stop, starts it again whenever it ends; later and later while it fails. */
export class KeptAlive {
  private child: ChildProcess | undefined;
  private readonly stopping = new AbortController();
  private readonly ended: Promise<void>;

  constructor(private readonly options: KeepAliveOptions) {
    this.ended = this.keep();
  }

  /** Asks the process to end, insists after the grace time, and waits for its end. */
  async stop(): Promise<void> {
    this.stopping.abort();
    const { child } = this;
    const insist = setTimeout(() => child?.kill('SIGKILL'), this.options.graceMs);
    child?.kill('SIGTERM');
    await this.ended;
    clearTimeout(insist);
  }

  private async keep(): Promise<void> {
    const { name, start, onEvent } = this.options;
    const { signal } = this.stopping;
    for (let wait = SHORTEST_WAIT_MS; !signal.aborted; ) {
      const since = performance.now();
      const how = await this.live(start);
      if (signal.aborted) break;
      if (performance.now() - since > LIVED_MS) wait = SHORTEST_WAIT_MS;
      onEvent({ kind: 'died', name, how, restartInMs: wait });
      await sleep(wait, undefined, { signal }).catch(() => undefined);
      wait = Math.min(wait * 2, LONGEST_WAIT_MS);
    }
    onEvent({ kind: 'stopped', name });
  }

  /** From its start to its end; one that can't be started, for want of memory or of descriptors, has ended too. */
  private async live(start: () => ChildProcess): Promise<string> {
    const { name, onEvent } = this.options;
    try {
      this.child = start();
    } catch (error) {
      this.child = undefined;
      return `not started: ${(error as Error).message}`;
    }
    if (this.child.pid !== undefined) onEvent({ kind: 'started', name, pid: this.child.pid });
    return endOf(this.child);
  }
}

function endOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(signal ? `ended by ${signal}` : `exit code ${code}`));
  });
}
