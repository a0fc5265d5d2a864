/**
 * `npm run bench:methods -- [--short] [--data FOLDER|CONFIG] [--size 32] [--seeds 3] [--labels 10,40,100] [--precision bfloat16]
 * [--processes 2] [--only budgets,ablation] [--results FILE] [--out FOLDER] [--list] [--again] [--report]`: compares every
 * method of learning with few labels with its baseline, and writes a report. Cells with a result for the same settings are
 * not measured again: an interrupted bench continues, and parts of it (`--only`) can run on several machines, whose results
 * files are then concatenated. The settings are hashed, the code is not: `--again` measures anew. Small networks leave
 * cores idle: `--processes` measures several cells at once, each with a share of the cores.
 */
import { join, resolve } from 'node:path';
import { ApprenticeError, ConfigurationError } from '../domain/errors.js';
import { type Arguments, readArguments } from './methods/arguments.js';
import { type Cell, cellName, matchesAny } from './methods/cell.js';
import { speedUp } from './methods/estimate.js';
import { measureCells } from './methods/measure-cells.js';
import { HOME, openBench } from './methods/open-bench.js';
import { timeText } from './methods/report/figures.js';
import { commitText, madeBy, type Provenance } from './methods/report/provenance.js';
import { ResultTable } from './methods/report/result-table.js';
import { writeReport } from './methods/report/write.js';
import { Results } from './methods/results.js';
import { resultOf } from './methods/run-cells.js';
import { machineText } from './support/machine.js';
import { printResult } from './support/report.js';

const INTERRUPTED = 130;

/** Shows the current activity on a terminal. */
function report(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r${text}\u001b[K`);
}

/** @throws ConfigurationError when a pattern matches no cell */
function chooseCells(cells: readonly Cell[], only: readonly string[] | undefined): readonly Cell[] {
  const unknown = only?.find((pattern) => !cells.some((cell) => matchesAny(cellName(cell), [pattern])));
  if (unknown === undefined) return only ? cells.filter((cell) => matchesAny(cellName(cell), only)) : cells;
  const known = [...new Set(cells.map(({ experiment }) => experiment))].join(', ');
  throw new ConfigurationError(
    `--only: received "${unknown}", expected one of ${known}, or the beginning of a cell's name (--list)`,
  );
}

async function bench(args: Arguments, words: readonly string[], signal: AbortSignal): Promise<void> {
  const { lab, name, image, contentHash, validationPerClass, setting, experiments, cells } = await openBench(
    args,
    signal,
    report,
  );
  const secondsOf = (some: readonly Cell[]) =>
    some.reduce((sum, { estimate }) => sum + estimate, 0) / speedUp(args);
  const context = {
    contentHash,
    validationPerClass,
    commit: commitText(import.meta.dirname),
    machine: machineText(),
  };
  const results = await Results.open(args.results ?? join(HOME, 'results.jsonl'));
  if (results.unreadable > 0) {
    process.stderr.write(
      `results: ${results.unreadable} lines can't be read; their cells are measured again\n`,
    );
  }
  const find = (cell: Cell) => resultOf(cell, results, context);

  const chosen = chooseCells(cells, args.only);
  const due = args.report ? [] : chosen.filter((cell) => args.again || !find(cell));
  if (args.list) {
    for (const cell of chosen) {
      const state = find(cell) ? 'measured' : `~${timeText(cell.estimate)}`;
      process.stdout.write(`${state.padEnd(10)}${cellName(cell)}\n`);
    }
  }
  process.stdout.write(
    `${args.short ? 'short' : 'full'} version: ${due.length} of ${cells.length} cells to measure, about ${timeText(secondsOf(due))} on two idle cores\n`,
  );
  if (args.list) return;

  const began = performance.now();
  const made = args.again ? [] : cells.filter(find);
  await measureCells({ due, made, args, words, lab, signal, results, context, report, secondsOf });

  const table = new ResultTable(cells, find);
  const sections = experiments.map((experiment) => experiment.section(table, setting));
  const measured = table.all();
  const provenance: Provenance = {
    scale: setting.scale.name,
    command: args.command,
    data: `${name}, ${setting.classes.length} classes, ${image.width}x${image.height}`,
    seeds: args.seeds,
    measured: table.measured,
    planned: table.planned,
    ...madeBy(measured),
  };
  // Only the full bench on the shipped data goes into the documentation.
  const folder = args.short || args.data !== undefined ? join(HOME, setting.scale.name) : 'docs';
  const path = await writeReport(resolve(args.out ?? folder), sections, provenance, measured);
  process.stdout.write(`\nreport: ${path}\n`);
  printResult(
    'methods',
    sections.flatMap(({ aims }) => aims).filter((aim) => Number.isFinite(aim.measured)),
    {
      scale: setting.scale.name,
      wallSeconds: Math.round((performance.now() - began) / 1000),
      cells: table.measured,
      of: table.planned,
    },
  );
}

const stopping = new AbortController();
process.once('SIGINT', () => stopping.abort());
try {
  const words = process.argv.slice(2);
  await bench(readArguments(words), words, stopping.signal);
  process.exit(0);
} catch (error) {
  if (stopping.signal.aborted) {
    process.stderr.write('\ninterrupted: results are stored, and the same command continues from here\n');
    process.exit(INTERRUPTED);
  }
  const isUsage = String((error as NodeJS.ErrnoException).code).startsWith('ERR_PARSE_ARGS');
  if (!(error instanceof ApprenticeError) && !isUsage) throw error;
  process.stderr.write(`${(error as Error).message}\n`);
  process.exit(2);
}
