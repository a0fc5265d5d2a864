/**
 * `npm run bench:methods -- [--short] [--data FOLDER|CONFIG] [--size 32] [--seeds 3] [--labels 10,40,100] [--precision bfloat16]
 * [--processes 2] [--only budgets,ablation] [--results FILE] [--out FOLDER] [--list] [--again] [--report]`: every method of
 * learning with few labels against its own baseline, and one report. Measured cell by cell; what is in the results file under
 * the same settings is not measured again, so a bench that was interrupted goes on, and parts of it (`--only`) can run apart, on
 * several machines too (their results files put together). Settings are hashed, code is not: `--again` measures anew. Small
 * networks leave cores idle: with `--processes` as many cells at once have a share of the cores each.
 */
import { join, resolve } from 'node:path';
import { ApprenticeError, ConfigurationError } from '../domain/errors.js';
import { type Arguments, readArguments } from './methods/arguments.js';
import { type Cell, cellName, isAmong } from './methods/cell.js';
import { speedUp } from './methods/estimate.js';
import { measureCells } from './methods/measure-cells.js';
import { HOME, openBench } from './methods/open-bench.js';
import { timeText } from './methods/report/figures.js';
import { commitText, madeBy, type Provenance } from './methods/report/provenance.js';
import { Table } from './methods/report/table-of.js';
import { writeReport } from './methods/report/write.js';
import { Results } from './methods/results.js';
import { resultOf } from './methods/run-cells.js';
import { machineText } from './support/machine.js';
import { printResult } from './support/report.js';

const INTERRUPTED = 130;

/** The progress of whatever is under way, on a terminal. */
function say(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r${text}\u001b[K`);
}

/** @throws ConfigurationError when a pattern names no cell */
function chooseCells(cells: readonly Cell[], only: readonly string[] | undefined): readonly Cell[] {
  const unknown = only?.find((pattern) => !cells.some((cell) => isAmong(cellName(cell), [pattern])));
  if (unknown === undefined) return only ? cells.filter((cell) => isAmong(cellName(cell), only)) : cells;
  const known = [...new Set(cells.map(({ experiment }) => experiment))].join(', ');
  throw new ConfigurationError(
    `--only: received "${unknown}", expected one of ${known}, or the beginning of a cell's name (--list)`,
  );
}

async function bench(told: Arguments, words: readonly string[], signal: AbortSignal): Promise<void> {
  const { lab, name, image, contentHash, validationPerClass, setting, experiments, cells } = await openBench(
    told,
    signal,
    say,
  );
  const secondsOf = (some: readonly Cell[]) =>
    some.reduce((sum, { estimate }) => sum + estimate, 0) / speedUp(told);
  const circumstances = {
    contentHash,
    validationPerClass,
    commit: commitText(import.meta.dirname),
    machine: machineText(),
  };
  const results = await Results.open(told.results ?? join(HOME, 'results.jsonl'));
  if (results.unreadable > 0) {
    process.stderr.write(
      `results: ${results.unreadable} lines can't be read, their cells are measured again\n`,
    );
  }
  const find = (cell: Cell) => resultOf(cell, results, circumstances);

  const chosen = chooseCells(cells, told.only);
  const due = told.report ? [] : chosen.filter((cell) => told.again || !find(cell));
  if (told.list) {
    for (const cell of chosen) {
      const state = find(cell) ? 'there' : `~${timeText(cell.estimate)}`;
      process.stdout.write(`${state.padEnd(10)}${cellName(cell)}\n`);
    }
  }
  process.stdout.write(
    `${told.short ? 'short' : 'full'} version: ${due.length} of ${cells.length} cells to measure, about ${timeText(secondsOf(due))} on two idle cores\n`,
  );
  if (told.list) return;

  const began = performance.now();
  const made = told.again ? [] : cells.filter(find);
  await measureCells({ due, made, told, words, lab, signal, results, circumstances, say, secondsOf });

  const table = new Table(cells, find);
  const sections = experiments.map((experiment) => experiment.section(table, setting));
  const measured = table.all();
  const provenance: Provenance = {
    scale: setting.scale.name,
    command: told.command,
    data: `${name}, ${setting.classes.length} classes, ${image.width}x${image.height}`,
    seeds: told.seeds,
    measured: table.measured,
    planned: table.planned,
    ...madeBy(measured),
  };
  // Only the whole bench on the shipped data is what the project says of itself.
  const folder = told.short || told.data !== undefined ? join(HOME, setting.scale.name) : 'docs';
  const path = await writeReport(resolve(told.out ?? folder), sections, provenance, measured);
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
    process.stderr.write('\ninterrupted: what is measured stays, the same command goes on from here\n');
    process.exit(INTERRUPTED);
  }
  const isUsage = String((error as NodeJS.ErrnoException).code).startsWith('ERR_PARSE_ARGS');
  if (!(error instanceof ApprenticeError) && !isUsage) throw error;
  process.stderr.write(`${(error as Error).message}\n`);
  process.exit(2);
}
