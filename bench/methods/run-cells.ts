import { type Cell, cellName } from './cell.js';
import type { CellQueue } from './cell-queue.js';
import type { Measurement, Result, Results } from './results.js';
import { settingsHash } from './settings-hash.js';

/** What stays the same through a bench. */
export interface Circumstances {
  /** Of the data set's pixels and labels. */
  readonly contentHash: string;
  readonly validationPerClass: number;
  readonly commit: string;
  readonly machine: string;
}

/** Of everything that a cell's figures depend on, but for the code. */
export function cellHash(cell: Cell, { contentHash, validationPerClass }: Circumstances): string {
  return settingsHash({ settings: cell.settings, seed: cell.seed, contentHash, validationPerClass });
}

/** The result of a cell under its present settings, if it has been measured. */
export function resultOf(cell: Cell, results: Results, circumstances: Circumstances): Result | undefined {
  return results.find(cellName(cell), cellHash(cell, circumstances));
}

/** Measures one cell at a time. */
export interface Measurer {
  measure(cell: Cell): Promise<Measurement>;
}

function resultFrom(cell: Cell, measured: Measurement, circumstances: Circumstances): Result {
  const { experiment, method, seed, labels } = cell;
  return {
    cell: cellName(cell),
    hash: cellHash(cell, circumstances),
    experiment,
    method,
    seed,
    ...(labels !== undefined && { labels }),
    ...measured,
    commit: circumstances.commit,
    machine: circumstances.machine,
    measuredAt: new Date().toISOString(),
  };
}

/**
 * Measures cells, as many at once as there are measurers, and notes each at once. A cell that fails stops the bench: what is
 * noted stays, and the next start goes on with it.
 * @param onResult told of each, in the order of their ends
 */
export async function runCells(
  queue: CellQueue,
  measurers: readonly Measurer[],
  results: Results,
  circumstances: Circumstances,
  onResult: (cell: Cell, result: Result) => void,
): Promise<void> {
  await Promise.all(
    measurers.map(async (measurer) => {
      for (let cell = await queue.next(); cell; cell = await queue.next()) {
        const result = resultFrom(cell, await measurer.measure(cell), circumstances);
        await results.add(result);
        queue.done(cell);
        onResult(cell, result);
      }
    }),
  );
}
