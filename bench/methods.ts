/**
 * `npm run bench:methods -- [--short] [--data FOLDER|CONFIG] [--seeds 3] [--labels 10,40,100] [--only budgets,ablation]
 * [--results FILE] [--out FOLDER] [--list] [--again] [--report]`: every method of learning with few labels against its own
 * baseline, and one report. Measured cell by cell; what is in the results file under the same settings is not measured again, so a
 * bench that was interrupted goes on, and parts of it (`--only`) can run apart, on several machines too.
 */
import { execFileSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ConfigurationError } from '../domain/errors.js';
import { openStore } from '../storage/open-store.js';
import { type Cell, cellName, isAmong } from './methods/cell.js';
import { benchData, possibleBudgets } from './methods/data.js';
import { EXPERIMENTS } from './methods/experiments/index.js';
import { Lab } from './methods/lab.js';
import { secondsOfTrainings, timeText } from './methods/report/figures.js';
import type { Provenance } from './methods/report/markdown.js';
import { Table } from './methods/report/table-of.js';
import { writeReport } from './methods/report/write.js';
import { Results } from './methods/results.js';
import { resultOf, runCells } from './methods/run-cells.js';
import { fullScale, shortScale } from './methods/scale.js';
import { machineText } from './support/machine.js';
import { printResult } from './support/report.js';

const { values } = parseArgs({
  options: {
    short: { type: 'boolean', default: false },
    data: { type: 'string' },
    size: { type: 'string', default: '32' },
    seeds: { type: 'string' },
    labels: { type: 'string', default: '10,40,100' },
    only: { type: 'string' },
    results: { type: 'string' },
    out: { type: 'string' },
    list: { type: 'boolean', default: false },
    again: { type: 'boolean', default: false },
    report: { type: 'boolean', default: false },
  },
});

const HOME = resolve('.apprentice/bench/methods');
const numbers = (name: string, text: string) =>
  text.split(',').map((word) => {
    const number = Number(word);
    if (Number.isInteger(number) && number > 0) return number;
    throw new ConfigurationError(`--${name}: received "${word}", expected a whole number above 0`);
  });

function commitText(): string {
  const git = (...words: string[]) =>
    execFileSync('git', words, {
      cwd: import.meta.dirname,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  try {
    return `${git('rev-parse', '--short', 'HEAD')}${git('status', '--porcelain', '--untracked-files=no') ? ' and changes' : ''}`;
  } catch {
    return 'no commit';
  }
}

const stopping = new AbortController();
process.once('SIGINT', () => stopping.abort(new Error('interrupted: the same command goes on from here')));
const isTerminal = process.stderr.isTTY;
const say = (text: string) => {
  if (isTerminal) process.stderr.write(`\r${text}\u001b[K`);
};

const { data, name } = await benchData(values.data, numbers('size', values.size)[0]!, join(HOME, 'lists'));
const budgets = await possibleBudgets(
  data,
  numbers('labels', values.labels).sort((a, b) => a - b),
);
const lab = new Lab({ data, store: openStore(join(HOME, 'store')), signal: stopping.signal, say });
const { contentHash, classes, images } = await lab.split(0, budgets[0]!);
const side = Math.max(images.labelled.shape.height, images.labelled.shape.width);
const seeds = values.seeds === undefined ? (values.short ? 1 : 3) : numbers('seeds', values.seeds)[0]!;
const scale = (values.short ? shortScale : fullScale)(side, seeds, budgets);
const setting = { scale, classes };

const circumstances = {
  contentHash,
  validationPerClass: data.validationPerClass,
  commit: commitText(),
  machine: machineText(),
};
const results = await Results.open(values.results ?? join(HOME, 'results.jsonl'));
if (results.unreadable > 0) {
  process.stderr.write(
    `results: ${results.unreadable} lines can't be read, their cells are measured again\n`,
  );
}

// A seed after the other: an interrupted bench has every experiment on the first ones.
const planned = EXPERIMENTS.flatMap((experiment) => experiment.cells(setting));
const ordered = scale.seeds.flatMap((seed) => planned.filter((cell) => cell.seed === seed));
const wanted = values.only?.split(',') ?? EXPERIMENTS.map((experiment) => experiment.name);
for (const pattern of wanted) {
  if (planned.some((cell) => isAmong(cellName(cell), [pattern]))) continue;
  const known = EXPERIMENTS.map((experiment) => experiment.name).join(', ');
  throw new ConfigurationError(
    `--only: received "${pattern}", expected one of ${known}, or the beginning of a cell's name (--list)`,
  );
}
const isThere = (cell: Cell) => resultOf(cell, results, circumstances) !== undefined;
const chosen = ordered.filter((cell) => isAmong(cellName(cell), wanted));
const due = values.report ? [] : chosen.filter((cell) => values.again || !isThere(cell));
const secondsOf = (cells: readonly Cell[]) => cells.reduce((sum, cell) => sum + cell.estimate, 0);

if (values.list) {
  for (const cell of chosen) {
    process.stdout.write(
      `${isThere(cell) ? 'there' : `~${timeText(cell.estimate)}`.padEnd(8)}  ${cellName(cell)}\n`,
    );
  }
}
process.stdout.write(
  `${scale.name} version: ${due.length} of ${planned.length} cells to measure, about ${timeText(secondsOf(due))} on two idle cores\n`,
);

if (!values.list) {
  const began = performance.now();
  await runCells(due, lab, results, circumstances, ({ cell, test, seconds }, place) => {
    const left = timeText(secondsOf(due.slice(place + 1)));
    say('');
    process.stdout.write(
      `${cell.padEnd(44)} test ${(100 * test).toFixed(2)} %  ${timeText(seconds).padStart(8)}  ${place + 1} of ${due.length}, about ${left} left\n`,
    );
  });
  const table = new Table(ordered, (cell) => resultOf(cell, results, circumstances));
  const sections = EXPERIMENTS.map((experiment) => experiment.section(table, setting));
  const measured = table.all();
  const distinct = (of: (result: (typeof measured)[number]) => string) =>
    [...new Set(measured.map(of))].sort();
  const days = distinct(({ measuredAt }) => measuredAt.slice(0, 10));
  const provenance: Provenance = {
    scale: scale.name,
    command: `npm run bench:methods${scale.name === 'short' ? ' -- --short' : ''}`,
    data: `${name}, ${classes.length} classes, ${images.labelled.shape.width}x${images.labelled.shape.height}`,
    seeds,
    measured: table.measured,
    planned: table.planned,
    seconds: secondsOfTrainings(measured),
    machines: distinct(({ machine }) => machine),
    commits: distinct(({ commit }) => commit),
    days: days.length > 1 ? [days[0]!, days.at(-1)!] : days,
  };
  // A short version must not replace what the full one came to.
  const folder = resolve(
    values.out ?? (values.short || values.data !== undefined ? join(HOME, scale.name) : 'docs'),
  );
  const path = await writeReport(folder, sections, provenance, measured);
  process.stdout.write(`\nreport: ${path}\n`);
  printResult(
    'methods',
    sections.flatMap((section) => section.aims).filter(({ measured }) => Number.isFinite(measured)),
    {
      scale: scale.name,
      wallSeconds: Math.round((performance.now() - began) / 1000),
      cells: table.measured,
      of: table.planned,
    },
  );
}
process.exit(0);
