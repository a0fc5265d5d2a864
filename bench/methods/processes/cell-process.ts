import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { trainerEnvironment } from '../../../worker/activity/trainer-environment.js';
import { type Cell, cellName } from '../cell.js';
import type { Measurement } from '../results.js';
import type { Measurer } from '../run-cells.js';
import type { FromCellProcess, ToCellProcess } from './messages.js';

/** Measures cells in a child process with a share of the threads. The owner must close it. */
export class CellProcess implements Measurer {
  private readonly child: ChildProcess;

  constructor(
    words: readonly string[],
    threads: number,
    private readonly report: (text: string) => void,
  ) {
    this.child = fork(new URL('./main.js', import.meta.url), words, {
      env: trainerEnvironment(process.env, { threads }),
    });
  }

  async measure(cell: Cell): Promise<Measurement> {
    const name = cellName(cell);
    const measured = new AbortController();
    const ended = this.ended(measured.signal).then(() => {
      const { exitCode, signalCode } = this.child;
      throw new Error(
        `${name}: its process ended (${signalCode ?? `status ${exitCode}`}) before the cell was measured`,
      );
    });
    // Ignores a send error: the exit event reports a process that is gone.
    this.child.send({ cell: name } satisfies ToCellProcess, () => {});
    try {
      return await Promise.race([this.outcome(name), ended]);
    } finally {
      measured.abort();
      ended.catch(() => {});
    }
  }

  async close(): Promise<void> {
    this.child.kill();
    await this.ended();
  }

  private async ended(signal?: AbortSignal): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    await once(this.child, 'exit', { signal });
  }

  private outcome(name: string): Promise<Measurement> {
    return new Promise((resolve, reject) => {
      const listen = (message: FromCellProcess) => {
        if (message.kind === 'progress') return this.report(`${name}: ${message.text}`);
        this.child.off('message', listen);
        if (message.kind === 'measured') resolve(message.measurement);
        else reject(new Error(`${name}: ${message.error}`));
      };
      this.child.on('message', listen);
    });
  }
}
