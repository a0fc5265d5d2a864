import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const SCRIPT = fileURLToPath(new URL('../../../bench/python/train.py', import.meta.url));

export interface Question {
  readonly way: string;
  readonly network: string;
  readonly batch: number;
  readonly task: 'train' | 'infer';
  readonly seconds: number;
}

export interface Answer {
  /** Images a second. */
  readonly rate: number;
  /** Seconds of the first call, which traces where that is done. */
  readonly first: number;
}

/** A Python that is asked for one timing at a time, so that both sides run in turn. */
export class PythonSide {
  private readonly child: ChildProcess;
  private readonly lines: AsyncIterator<string>;

  constructor(python: string, threads: number) {
    this.child = spawn(python, [SCRIPT, String(threads)], { stdio: ['pipe', 'pipe', 'inherit'] });
    this.lines = createInterface({ input: this.child.stdout! })[Symbol.asyncIterator]();
  }

  async ask(question: Question): Promise<Answer> {
    this.child.stdin!.write(`${JSON.stringify(question)}\n`);
    const { value, done } = await this.lines.next();
    if (done) throw new Error(`the Python side ended at ${JSON.stringify(question)}`);
    return JSON.parse(value) as Answer;
  }

  close(): void {
    this.child.stdin!.end();
  }
}
