import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cellName } from '../../../../../bench/methods/cell.js';
import { EXPERIMENTS } from '../../../../../bench/methods/experiments/index.js';
import { ResultTable } from '../../../../../bench/methods/report/result-table.js';
import { fullScale, shortScale } from '../../../../../bench/methods/scale.js';
import { settingsHash } from '../../../../../bench/methods/settings-hash.js';

const classes = Array.from({ length: 10 }, (_, number) => `class ${number}`);
const needs = (seeds: number) => ({ side: 28, seeds, budgets: [10, 40, 100], precision: 'float32' as const });
const full = { scale: fullScale(needs(3)), classes };
const short = { scale: shortScale(needs(1)), classes };
const cellsOf = (setting: typeof full) => EXPERIMENTS.flatMap((experiment) => experiment.cells(setting));
const hours = (setting: typeof full) =>
  cellsOf(setting).reduce((sum, { estimate }) => sum + estimate, 0) / 3600;

test('every cell has a unique name and settings in plain JSON', () => {
  for (const setting of [full, short]) {
    const cells = cellsOf(setting);
    const names = cells.map(cellName);
    assert.equal(new Set(names).size, names.length);
    for (const { settings } of cells) {
      assert.deepEqual(JSON.parse(JSON.stringify(settings)), settings);
    }
  }
});

test('the short version measures the same methods with other settings', () => {
  const hashes = new Set(cellsOf(full).map(({ settings }) => settingsHash(settings)));
  const same = cellsOf(short).filter(({ settings }) => hashes.has(settingsHash(settings)));
  assert.deepEqual(same.map(cellName), []);
  const methods = (setting: typeof full) =>
    new Set(cellsOf(setting).map(({ experiment, method }) => experiment + method));
  assert.deepEqual(methods(short), methods(full));
});

test('the full version fits in a night, the short one in twenty minutes', () => {
  assert.ok(hours(full) < 11, `${hours(full)} hours`);
  // Machines as busy as ours took half as long again as the estimate.
  assert.ok(hours(short) < 0.22, `${60 * hours(short)} minutes`);
});

test('every section can be written without results', () => {
  const table = new ResultTable(cellsOf(full), () => undefined);
  for (const experiment of EXPERIMENTS) {
    const { plots, verdicts, aims } = experiment.section(table, full);
    for (const { svg } of plots) assert.doesNotMatch(svg(), /NaN|undefined/);
    assert.ok(verdicts.every(({ outcome }) => outcome === 'not measured'));
    assert.ok(aims.every(({ measured }) => Number.isNaN(measured)));
  }
});

test('seeds split the classes differently', () => {
  const targets = EXPERIMENTS.flatMap((experiment) => experiment.cells(full))
    .filter(({ experiment, method }) => experiment === 'transfer' && method === 'classes-head')
    .map(({ settings }) => JSON.stringify((settings as { view: unknown }).view));
  assert.ok(new Set(targets).size > 1);
});

test('two classes give no cells for extension or for transfer to other classes', () => {
  const pair = { ...full, classes: ['cat', 'dog'] };
  const cells = cellsOf(pair);
  assert.ok(!cells.some(({ experiment }) => experiment === 'extension'));
  assert.ok(!cells.some(({ method }) => method.startsWith('classes-')));
  assert.ok(cells.some(({ method }) => method === 'inverted-fine'));
});
