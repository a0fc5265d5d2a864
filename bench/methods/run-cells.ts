import { type Cell, cellName } from './cell.js';
import type { CellQueue } from './cell-queue.js';
import type { Measurement, Result, Results } from './results.js';
import { settingsHash } from './settings-hash.js';

/** The data, code and machine of a bench. */
export interface BenchContext {
  /** Hash of the data set's pixels and labels. */
  readonly contentHash: string;
  readonly validationPerClass: number;
  readonly commit: string;
  readonly machine: string;
}

/** Hash of everything that a cell's figures depend on, except the code. */
function cellHash(cell: Cell, { contentHash, validationPerClass }: BenchContext): string {
  return settingsHash({ settings: cell.settings, seed: cell.seed, contentHash, validationPerClass });
}

/** The result of a cell with its present settings, if there is one. */
export function resultOf(cell: Cell, results: Results, context: BenchContext): Result | undefined {
  return results.find(cellName(cell), cellHash(cell, context));
}

/** Measures one cell at a time. */
export interface Measurer {
  measure(cell: Cell): Promise<Measurement>;
}

function resultFrom(cell: Cell, measured: Measurement, context: BenchContext): Result {
  const { experiment, method, seed, labels } = cell;
  return {
    cell: cellName(cell),
    hash: cellHash(cell, context),
    experiment,
    method,
    seed,
    ...(labels !== undefined && { labels }),
    ...measured,
    commit: context.commit,
    machine: context.machine,
    measuredAt: new Date().toISOString(),
  };
}

/**
 * Measures cells, one at a time for each measurer, and stores each result immediately. A failing cell stops the bench; the
 * next start continues after the stored results.
 * @param onResult is called with each result, in the order of completion
 */
export async function runCells(
  queue: CellQueue,
  measurers: readonly Measurer[],
  results: Results,
  context: BenchContext,
  onResult: (cell: Cell, result: Result) => void,
): Promise<void> {
  await Promise.all(
    measurers.map(async (measurer) => {
      for (let cell = await queue.next(); cell; cell = await queue.next()) {
        const result = resultFrom(cell, await measurer.measure(cell), context);
        await results.add(result);
        queue.done(cell);
        onResult(cell, result);
      }
    }),
  );
}
