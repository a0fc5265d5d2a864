import { appendFile, mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';

/** A cell that was measured: a line of the results file. */
const resultSchema = z.object({
  /** For example `budgets/flexmatch/100/seed-1`. */
  cell: z.string(),
  /** Of everything that the figures depend on, see settings-hash.ts. */
  hash: z.string(),
  experiment: z.string(),
  method: z.string(),
  seed: z.int(),
  /** Labelled training images of each class; absent where the experiment has another measure. */
  labels: z.union([z.int(), z.literal('all')]).optional(),
  /** Optimizer steps of the model that was measured. */
  steps: z.int(),
  /** Accuracies, 0..1. */
  validation: z.number(),
  test: z.number(),
  /** What the cell's own trainings took; those that it shares with others count where they were made. */
  seconds: z.number(),
  commit: z.string(),
  machine: z.string(),
  measuredAt: z.string(),
  /** Whatever else the experiment's section shows. */
  more: z.record(z.string(), z.unknown()),
});

export type Result = z.output<typeof resultSchema>;

/** The part of a result that measuring a cell yields. */
export type Measurement = Pick<Result, 'steps' | 'validation' | 'test' | 'seconds' | 'more'>;

/** Results by cell, the last of each settings; kept as JSON Lines, one appended as soon as it is there. */
export class Results {
  private readonly byKey = new Map<string, Result>();
  /** Lines that are no results: the end of a bench that was killed while it wrote. */
  readonly unreadable: number;

  private constructor(
    private readonly file: string,
    text: string,
  ) {
    let unreadable = 0;
    for (const line of text.split('\n')) {
      if (line.trim() === '') continue;
      const result = parseLine(line);
      if (result) this.byKey.set(keyOf(result), result);
      else unreadable++;
    }
    this.unreadable = unreadable;
  }

  /** What the file holds; nothing where there is none. */
  static async open(file: string): Promise<Results> {
    let text = '';
    try {
      text = await readFile(file, 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
    // A half line at the end must not swallow the next one.
    if (text !== '' && !text.endsWith('\n')) await appendFile(file, '\n');
    return new Results(file, text);
  }

  find(cell: string, hash: string): Result | undefined {
    return this.byKey.get(keyOf({ cell, hash }));
  }

  async add(result: Result): Promise<void> {
    await mkdir(dirname(this.file), { recursive: true });
    await appendFile(this.file, `${JSON.stringify(result)}\n`);
    this.byKey.set(keyOf(result), result);
  }
}

function keyOf({ cell, hash }: Pick<Result, 'cell' | 'hash'>): string {
  return `${cell} ${hash}`;
}

function parseLine(line: string): Result | undefined {
  try {
    return resultSchema.parse(JSON.parse(line));
  } catch {
    return undefined;
  }
}
