import { type Cell, cellName } from '../cell.js';
import type { Result } from '../results.js';

/** Results of the planned cells by experiment, method and budget, with a result for each seed. */
export class ResultTable {
  private readonly groups = new Map<string, Result[]>();
  readonly planned: number;
  readonly measured: number;

  /** @param find returns a planned cell's result, if there is one */
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

  /** Results in the order of the seeds; empty if nothing is measured yet. */
  of(experiment: string, method: string, labels?: number | 'all'): readonly Result[] {
    return this.groups.get(groupOf(experiment, method, labels)) ?? [];
  }

  all(): readonly Result[] {
    return [...this.groups.values()].flat();
  }

  /** Names of an experiment's cells without a result. */
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
