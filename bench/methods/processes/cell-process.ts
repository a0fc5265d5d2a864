import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { trainerEnvironment } from '../../../worker/step/trainer-environment.js';
import { type Cell, cellName, type Measurement } from '../cell.js';
import type { Measurer } from '../run-cells.js';
import type { FromCellProcess, ToCellProcess } from './messages.js';

/** Measures in a process of its own, which has its share of the threads. To be closed. */
export class CellProcess implements Measurer {
  private readonly child: ChildProcess;

  constructor(
    words: readonly string[],
    threads: number,
    private readonly say: (text: string) => void,
  ) {
    this.child = fork(new URL('./main.js', import.meta.url), words, {
      env: trainerEnvironment(process.env, { threads }),
    });
  }

  async measure(cell: Cell): Promise<Measurement> {
    const name = cellName(cell);
    this.child.send({ cell: name } satisfies ToCellProcess);
    const gone = new AbortController();
    const ended = once(this.child, 'exit', { signal: gone.signal }).then(([code, signal]) => {
      throw new Error(
        `${name}: its process ended (${signal ?? `status ${code}`}) before the cell was measured`,
      );
    });
    try {
      return await Promise.race([this.answer(name), ended]);
    } finally {
      gone.abort();
      ended.catch(() => {});
    }
  }

  async close(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    this.child.kill();
    await once(this.child, 'exit');
  }

  private answer(name: string): Promise<Measurement> {
    return new Promise((resolve, reject) => {
      const listen = (message: FromCellProcess) => {
        if (message.kind === 'says') return this.say(`${name}: ${message.text}`);
        this.child.off('message', listen);
        if (message.kind === 'measured') resolve(message.measurement);
        else reject(new Error(`${name}: ${message.error}`));
      };
      this.child.on('message', listen);
    });
  }
}
