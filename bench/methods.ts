/**
 * `npm run bench:methods -- [--short] [--data FOLDER|CONFIG] [--size 32] [--seeds 3] [--labels 10,40,100] [--only budgets,ablation]
 * [--results FILE] [--out FOLDER] [--list] [--again] [--report]`: every method of learning with few labels against its own
 * baseline, and one report. Measured cell by cell; what is in the results file under the same settings is not measured again, so a
 * bench that was interrupted goes on, and parts of it (`--only`) can run apart, on several machines too (their results files put
 * together). Settings are hashed, code is not: `--again` measures anew.
 */
import { join, resolve } from 'node:path';
import { ApprenticeError, ConfigurationError } from '../domain/errors.js';
import { openStore } from '../storage/open-store.js';
import { type Arguments, readArguments } from './methods/arguments.js';
import { type Cell, cellName, isAmong } from './methods/cell.js';
import { benchData, possibleBudgets } from './methods/data.js';
import { EXPERIMENTS } from './methods/experiments/index.js';
import { Lab } from './methods/lab.js';
import { timeText } from './methods/report/figures.js';
import { commitText, madeBy, type Provenance } from './methods/report/provenance.js';
import { Table } from './methods/report/table-of.js';
import { writeReport } from './methods/report/write.js';
import { Results } from './methods/results.js';
import { resultOf, runCells } from './methods/run-cells.js';
import { fullScale, shortScale } from './methods/scale.js';
import { machineText } from './support/machine.js';
import { printResult } from './support/report.js';

const HOME = resolve('.apprentice/bench/methods');
const INTERRUPTED = 130;

/** The progress of whatever is under way, on a terminal. */
function say(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r${text}\u001b[K`);
}

const secondsOf = (cells: readonly Cell[]) => cells.reduce((sum, cell) => sum + cell.estimate, 0);

/** @throws ConfigurationError when a pattern names no cell */
function chooseCells(cells: readonly Cell[], only: readonly string[] | undefined): readonly Cell[] {
  const unknown = only?.find((pattern) => !cells.some((cell) => isAmong(cellName(cell), [pattern])));
  if (unknown === undefined) return only ? cells.filter((cell) => isAmong(cellName(cell), only)) : cells;
  const known = [...new Set(cells.map(({ experiment }) => experiment))].join(', ');
  throw new ConfigurationError(
    `--only: received "${unknown}", expected one of ${known}, or the beginning of a cell's name (--list)`,
  );
}

async function bench(told: Arguments, signal: AbortSignal): Promise<void> {
  const { data, name } = await benchData(told.data, told.size, join(HOME, 'lists'));
  const budgets = await possibleBudgets(data, told.labels);
  const lab = new Lab({ data, store: openStore(join(HOME, 'store')), signal, again: told.again, say });
  const { contentHash, classes, images } = await lab.split(0, budgets[0]!);
  const { height, width } = images.labelled.shape;
  const scale = (told.short ? shortScale : fullScale)(Math.max(height, width), told.seeds, budgets);
  const setting = { scale, classes };
  const circumstances = {
    contentHash,
    validationPerClass: data.validationPerClass,
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

  // Some have nothing to do where there are two classes.
  const experiments = EXPERIMENTS.filter((experiment) => experiment.cells(setting).length > 0);
  const planned = experiments.flatMap((experiment) => experiment.cells(setting));
  // A seed after the other: an interrupted bench has every experiment on the first ones.
  const ordered = scale.seeds.flatMap((seed) => planned.filter((cell) => cell.seed === seed));
  const chosen = chooseCells(ordered, told.only);
  const due = told.report ? [] : chosen.filter((cell) => told.again || !find(cell));
  if (told.list) {
    for (const cell of chosen) {
      const state = find(cell) ? 'there' : `~${timeText(cell.estimate)}`;
      process.stdout.write(`${state.padEnd(10)}${cellName(cell)}\n`);
    }
  }
  process.stdout.write(
    `${scale.name} version: ${due.length} of ${planned.length} cells to measure, about ${timeText(secondsOf(due))} on two idle cores\n`,
  );
  if (told.list) return;

  const began = performance.now();
  await runCells(due, lab, results, circumstances, ({ cell, test, seconds }, place) => {
    const left = `${place + 1} of ${due.length}, about ${timeText(secondsOf(due.slice(place + 1)))} left`;
    say('');
    process.stdout.write(
      `${cell.padEnd(44)} test ${(100 * test).toFixed(2)} %  ${timeText(seconds).padStart(8)}  ${left}\n`,
    );
  });
  const table = new Table(ordered, find);
  const sections = experiments.map((experiment) => experiment.section(table, setting));
  const measured = table.all();
  const provenance: Provenance = {
    scale: scale.name,
    command: told.command,
    data: `${name}, ${classes.length} classes, ${width}x${height}`,
    seeds: told.seeds,
    measured: table.measured,
    planned: table.planned,
    ...madeBy(measured),
  };
  // Only the whole bench on the shipped data is what the project says of itself.
  const folder = told.short || told.data !== undefined ? join(HOME, scale.name) : 'docs';
  const path = await writeReport(resolve(told.out ?? folder), sections, provenance, measured);
  process.stdout.write(`\nreport: ${path}\n`);
  printResult(
    'methods',
    sections.flatMap(({ aims }) => aims).filter((aim) => Number.isFinite(aim.measured)),
    {
      scale: scale.name,
      wallSeconds: Math.round((performance.now() - began) / 1000),
      cells: table.measured,
      of: table.planned,
    },
  );
}

const stopping = new AbortController();
process.once('SIGINT', () => stopping.abort());
try {
  await bench(readArguments(process.argv.slice(2)), stopping.signal);
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
