import { joinRows, rowsOf, squaredDistance } from '../models/feature-rows.js';
import type { Features } from '../models/features.js';
import { NO_YIELD, type YieldToEventLoop } from '../yield-to-event-loop.js';

/** Rows between two yields to the event loop. */
const ROWS = 64;

/** Pairwise distances of the rows of two samples; rows of the first sample come first. */
export interface SampleDistances {
  /** Squared Euclidean distances [first + second, first + second]. */
  readonly squared: Float64Array;
  readonly first: number;
  readonly second: number;
}

/**
 * Computes the pairwise distances.
 * @param yieldToEventLoop awaited regularly; an error that it throws ends the work
 */
export async function sampleDistances(
  one: Features,
  other: Features,
  yieldToEventLoop: YieldToEventLoop = NO_YIELD,
): Promise<SampleDistances> {
  const all = joinRows(one, other);
  const rows = rowsOf(all);
  const squared = new Float64Array(rows * rows);
  for (let row = 0; row < rows; row++) {
    if (row % ROWS === 0) await yieldToEventLoop();
    for (let column = row + 1; column < rows; column++) {
      const distance = squaredDistance(all, row, all, column);
      squared[row * rows + column] = distance;
      squared[column * rows + row] = distance;
    }
  }
  return { squared, first: rowsOf(one), second: rowsOf(other) };
}
