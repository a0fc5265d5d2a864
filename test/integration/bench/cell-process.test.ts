import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Cell } from '../../../bench/methods/cell.js';
import { CellProcess } from '../../../bench/methods/processes/cell-process.js';

const CELL: Cell = {
  experiment: 'budgets',
  method: 'lee',
  labels: 10,
  seed: 0,
  settings: {},
  estimate: 1,
  measure: () => Promise.reject(new Error('measured in a process of its own')),
};

test('a process that dies fails its cell by name, at once or later, and is closed all the same', async () => {
  const dying = new CellProcess(['--seeds', '0'], 1, () => {});
  const expected = /^Error: budgets\/lee\/10\/seed-0: its process ended \(status 1\)/;
  await assert.rejects(dying.measure(CELL), expected);
  await assert.rejects(dying.measure(CELL), expected);
  await dying.close();
});
