import { type Cell, cellName } from './cell.js';
import type { Lab } from './lab.js';
import type { Result, Results } from './results.js';
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

/**
 * Measures cells one after the other and notes each at once. A cell that fails stops the bench: what is noted stays, and the
 * next start goes on with it.
 * @throws the signal's reason when aborted
 */
export async function runCells(
  cells: readonly Cell[],
  lab: Lab,
  results: Results,
  circumstances: Circumstances,
  onResult: (result: Result, place: number) => void,
): Promise<void> {
  for (const [place, cell] of cells.entries()) {
    lab.signal.throwIfAborted();
    lab.say(cellName(cell));
    const measured = await cell.measure(lab);
    const { experiment, method, seed, labels } = cell;
    const result: Result = {
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
    await results.add(result);
    onResult(result, place);
  }
}
