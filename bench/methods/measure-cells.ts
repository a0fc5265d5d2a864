import { availableParallelism } from 'node:os';
import type { Arguments } from './arguments.js';
import { type Cell, cellName } from './cell.js';
import { CellQueue } from './cell-queue.js';
import type { Lab } from './lab.js';
import { CellProcess } from './processes/cell-process.js';
import { timeText } from './report/figures.js';
import type { Result, Results } from './results.js';
import { type BenchContext, type Measurer, runCells } from './run-cells.js';

export interface MeasuringNeeds {
  readonly due: readonly Cell[];
  /** Cells whose models are trained already. */
  readonly made: readonly Cell[];
  readonly args: Pick<Arguments, 'processes'>;
  /** The bench's command-line words. */
  readonly words: readonly string[];
  readonly lab: Lab;
  readonly signal: AbortSignal;
  readonly results: Results;
  readonly context: BenchContext;
  report(text: string): void;
  secondsOf(cells: readonly Cell[]): number;
}

/** Measures in this process. */
function measurerHere(lab: Lab): Measurer {
  return {
    measure(cell) {
      lab.signal.throwIfAborted();
      lab.report(cellName(cell));
      return cell.measure(lab);
    },
  };
}

/**
 * Measures the due cells, in this process or in `args.processes` child processes, and prints a line for each.
 * @throws the signal's reason when aborted
 */
export async function measureCells(needs: MeasuringNeeds): Promise<void> {
  const { due, made, args, words, lab, signal, results, context, report, secondsOf } = needs;
  if (due.length === 0) return;
  const left = new Set(due);
  const onResult = (cell: Cell, { test, seconds }: Result) => {
    left.delete(cell);
    report('');
    process.stdout.write(
      `${cellName(cell).padEnd(44)} test ${(100 * test).toFixed(2)} %  ${timeText(seconds).padStart(8)}  ${left.size} of ${due.length} left, about ${timeText(secondsOf([...left]))}\n`,
    );
  };
  const threads = Math.max(1, Math.floor(availableParallelism() / args.processes));
  const count = args.processes === 1 ? 0 : args.processes;
  const processes = Array.from({ length: count }, () => new CellProcess(words, threads, report));
  const closeAll = () => Promise.all(processes.map((one) => one.close()));
  signal.addEventListener('abort', () => void closeAll());
  const measurers = processes.length > 0 ? processes : [measurerHere(lab)];
  try {
    await runCells(new CellQueue(due, made), measurers, results, context, onResult);
  } finally {
    await closeAll();
  }
}
