import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Cell, cellName } from '../../../../../bench/methods/cell.js';
import { bestOnValidation, spreadText, timeText } from '../../../../../bench/methods/report/figures.js';
import { ResultTable } from '../../../../../bench/methods/report/result-table.js';
import { resultLike } from '../../../../support/bench-result.js';

const cell = (method: string, seed: number): Cell => ({
  experiment: 'budgets',
  method,
  labels: 10,
  seed,
  settings: {},
  estimate: 1,
  measure: () => Promise.reject(new Error('not here')),
});
const cells = [cell('lee', 0), cell('lee', 1), cell('fixmatch', 0)];

test('returns results by method, and the names of missing cells', () => {
  const there = resultLike({ method: 'lee', seed: 1 });
  const table = new ResultTable(cells, (one) => (cellName(one) === there.cell ? there : undefined));
  assert.deepEqual(table.of('budgets', 'lee', 10), [there]);
  assert.deepEqual(table.of('budgets', 'lee', 40), []);
  assert.deepEqual([table.measured, table.planned], [1, 3]);
  assert.deepEqual(table.missing('budgets'), ['budgets/lee/10/seed-0', 'budgets/fixmatch/10/seed-0']);
});

test('validation accuracy chooses, test accuracy does not', () => {
  const flattered = { results: [resultLike({ validation: 0.8, test: 0.9 })] };
  const chosen = { results: [resultLike({ validation: 0.85, test: 0.8 })] };
  assert.equal(bestOnValidation([flattered, chosen, { results: [] }]), chosen);
  assert.equal(bestOnValidation([{ results: [] }]), undefined);
});

test('formats figures', () => {
  assert.equal(spreadText([]), '·');
  assert.equal(spreadText([85.123]), '85.12');
  assert.equal(spreadText([85, 87]), '86.00 ± 1.41');
  assert.deepEqual([12.3, 240, 7200].map(timeText), ['12 s', '4.0 min', '2.0 h']);
});
