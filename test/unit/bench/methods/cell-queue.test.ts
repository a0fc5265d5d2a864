import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CellQueue, modelsOf } from '../../../../bench/methods/cell-queue.js';
import { student, supervised, WEAK } from '../../../../bench/methods/recipes.js';
import { fullScale } from '../../../../bench/methods/scale.js';

const scale = fullScale({ side: 28, seeds: 1, budgets: [10], precision: 'float32' });
const teacher = supervised(scale, { labels: 10 }, WEAK);
const pupil = student(scale, [teacher]);
const cell = (method: string, settings: unknown, seed = 0) => ({
  experiment: 'queue',
  method,
  seed,
  settings,
  estimate: 1,
  measure: () => Promise.reject(new Error('not measured here')),
});
const first = cell('teacher', { recipe: teacher });
const second = cell('student', { recipe: pupil, more: { images: 3 } });
const other = cell('other', { recipe: supervised(scale, { labels: 40 }, WEAK) });

test('a cell’s models are those in its settings and their ancestors, by seed', () => {
  assert.equal(modelsOf(first).size, 1);
  assert.equal(modelsOf(second).size, 2);
  assert.ok([...modelsOf(first)].every((name) => modelsOf(second).has(name)));
  assert.ok(
    [...modelsOf(cell('teacher', { recipe: teacher }, 1))].every((name) => !modelsOf(first).has(name)),
  );
});

test('a student waits for its teacher’s training, and independent cells go first', async () => {
  const queue = new CellQueue([first, second, other]);
  assert.equal(await queue.next(), first);
  assert.equal(await queue.next(), other);
  const waiting = queue.next();
  assert.equal(await Promise.race([waiting, Promise.resolve('waits')]), 'waits');
  queue.done(other);
  assert.equal(await Promise.race([waiting, Promise.resolve('waits')]), 'waits');
  queue.done(first);
  assert.equal(await waiting, second);
  assert.equal(await queue.next(), undefined);
});

test('no cell waits for a model of an earlier bench', async () => {
  const again = cell('again', { recipe: teacher });
  const queue = new CellQueue([again, second], [first]);
  assert.equal(await queue.next(), again);
  assert.equal(await queue.next(), second);
});
