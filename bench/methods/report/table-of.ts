import { type Cell, cellName } from '../cell.js';
import type { Result } from '../results.js';

/** What has been measured of a plan: results by experiment, method and budget, a result for each seed. */
export class Table {
  private readonly groups = new Map<string, Result[]>();
  readonly planned: number;
  readonly measured: number;

  /** @param find a planned cell's result, if it is there */
  constructor(
    readonly cells: readonly Cell[],
    find: (cell: Cell) => Result | undefined,
  ) {
    this.planned = cells.length;
    for (const cell of cells) {
      const result = find(cell);
      if (!result) continue;
      const key = groupOf(cell.experiment, cell.method, cell.labels);
      this.groups.set(key, [...(this.groups.get(key) ?? []), result]);
    }
    this.measured = [...this.groups.values()].reduce((sum, results) => sum + results.length, 0);
  }

  /** By seed, ascending; none where nothing is measured yet. */
  of(experiment: string, method: string, labels?: number | 'all'): readonly Result[] {
    return this.groups.get(groupOf(experiment, method, labels)) ?? [];
  }

  all(): readonly Result[] {
    return [...this.groups.values()].flat();
  }

  /** Names of an experiment's cells that are still to be measured. */
  missing(experiment: string): string[] {
    return this.cells
      .filter((cell) => cell.experiment === experiment)
      .filter((cell) => !this.of(experiment, cell.method, cell.labels).some(({ seed }) => seed === cell.seed))
      .map(cellName);
  }
}

function groupOf(experiment: string, method: string, labels?: number | 'all'): string {
  return `${experiment}/${method}/${labels ?? ''}`;
}
