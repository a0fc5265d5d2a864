import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cellName, matchesAny } from '../../../../bench/methods/cell.js';

test('a cell is named by experiment, method, labels and seed', () => {
  const place = { experiment: 'budgets', method: 'lee', seed: 2, estimate: 1 };
  assert.equal(cellName({ ...place, labels: 40 }), 'budgets/lee/40/seed-2');
  assert.equal(cellName({ ...place, labels: 'all' }), 'budgets/lee/all/seed-2');
  assert.equal(cellName(place), 'budgets/lee/seed-2');
});

test('--only takes prefixes of names in whole segments, with an asterisk for any segment', () => {
  const name = 'budgets/fixmatch/40/seed-1';
  assert.ok(matchesAny(name, ['budgets']));
  assert.ok(matchesAny(name, ['ablation', 'budgets/fixmatch']));
  assert.ok(matchesAny(name, ['budgets/*/40']));
  assert.ok(matchesAny(name, ['*/*/*/seed-1']));
  assert.ok(!matchesAny(name, ['budget']), 'half a word');
  assert.ok(!matchesAny(name, ['budgets/*/100']));
  assert.ok(!matchesAny(name, ['budgets/fixmatch/40/seed-1/more']));
  assert.ok(!matchesAny(name, []));
});
