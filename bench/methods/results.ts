import { appendFile, mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';

/** The result of a cell: a line of the results file. */
const resultSchema = z.object({
  /** For example `budgets/flexmatch/100/seed-1`. */
  cell: z.string(),
  /** Hash of everything that the figures depend on, see settings-hash.ts. */
  hash: z.string(),
  experiment: z.string(),
  method: z.string(),
  seed: z.int(),
  /** Labelled training images of each class; absent in experiments that don't vary it. */
  labels: z.union([z.int(), z.literal('all')]).optional(),
  /** Optimizer steps of the model that was measured. */
  steps: z.int(),
  /** Accuracies, 0..1. */
  validation: z.number(),
  test: z.number(),
  /** Seconds of the cell's own trainings; a shared training counts in the cell that ran it. */
  seconds: z.number(),
  commit: z.string(),
  machine: z.string(),
  measuredAt: z.string(),
  /** Additional figures of the experiment's section. */
  more: z.record(z.string(), z.unknown()),
});

export type Result = z.output<typeof resultSchema>;

/** The part of a result that measuring a cell yields. */
export type Measurement = Pick<Result, 'steps' | 'validation' | 'test' | 'seconds' | 'more'>;

/** The latest result of each cell and settings, stored as JSON Lines. */
export class Results {
  private readonly byKey = new Map<string, Result>();
  /** Number of invalid lines, as a bench leaves when it is killed while it writes. */
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

  /** Reads a results file; empty if it doesn't exist. */
  static async open(file: string): Promise<Results> {
    let text = '';
    try {
      text = await readFile(file, 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
    // Ends a partial last line, so that the next one is valid.
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
