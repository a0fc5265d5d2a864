import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const SCRIPT = fileURLToPath(new URL('../../../bench/python/train.py', import.meta.url));

export interface TimingRequest {
  readonly way: string;
  readonly network: string;
  readonly batch: number;
  readonly task: 'train' | 'infer';
  readonly seconds: number;
}

export interface Timing {
  /** Images per second. */
  readonly rate: number;
  /** Seconds of the first call, including tracing. */
  readonly first: number;
}

/** A Python process that measures one timing at a time, so that both sides can alternate. */
export class PythonSide {
  private readonly child: ChildProcess;
  private readonly lines: AsyncIterator<string>;

  constructor(python: string, threads: number) {
    this.child = spawn(python, [SCRIPT, String(threads)], { stdio: ['pipe', 'pipe', 'inherit'] });
    this.lines = createInterface({ input: this.child.stdout! })[Symbol.asyncIterator]();
  }

  async measure(request: TimingRequest): Promise<Timing> {
    this.child.stdin!.write(`${JSON.stringify(request)}\n`);
    const { value, done } = await this.lines.next();
    if (done) throw new Error(`the Python side ended at ${JSON.stringify(request)}`);
    return JSON.parse(value) as Timing;
  }

  close(): void {
    this.child.stdin!.end();
  }
}
