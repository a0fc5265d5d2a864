import assert from 'node:assert/strict';
import { appendFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { type Result, Results } from '../../../../bench/methods/results.js';
import { resultLike } from '../../../support/bench-result.js';

const first: Result = resultLike({ cell: 'budgets/lee/10/seed-0', hash: 'aa', test: 0.7 });

async function inFolder(use: (file: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'apprentice-results-'));
  try {
    await use(join(folder, 'deep', 'results.jsonl'));
  } finally {
    await rm(folder, { recursive: true });
  }
}

test('a result is found by cell and settings, also by another process', async () => {
  await inFolder(async (file) => {
    const results = await Results.open(file);
    assert.equal(results.find(first.cell, 'aa'), undefined);
    await results.add(first);
    assert.deepEqual(results.find(first.cell, 'aa'), first);

    const again = await Results.open(file);
    assert.deepEqual(again.find(first.cell, 'aa'), first);
    assert.equal(again.find(first.cell, 'bb'), undefined, 'other settings');
    assert.equal(again.find('budgets/lee/40/seed-0', 'aa'), undefined, 'another cell');
  });
});

test('the later of two results of a cell counts', async () => {
  await inFolder(async (file) => {
    const results = await Results.open(file);
    await results.add(first);
    await results.add({ ...first, test: 0.8 });
    assert.equal((await Results.open(file)).find(first.cell, 'aa')?.test, 0.8);
  });
});

test('a partial last line of a killed process loses only its own cell', async () => {
  await inFolder(async (file) => {
    await (await Results.open(file)).add(first);
    await appendFile(file, JSON.stringify({ ...first, hash: 'bb' }).slice(0, 50));

    const results = await Results.open(file);
    assert.equal(results.unreadable, 1);
    const next = { ...first, hash: 'cc' };
    await results.add(next);

    const again = await Results.open(file);
    assert.deepEqual(again.find(first.cell, 'aa'), first);
    assert.equal(again.find(first.cell, 'bb'), undefined);
    assert.deepEqual(again.find(first.cell, 'cc'), next);
    assert.equal((await readFile(file, 'utf8')).trimEnd().split('\n').length, 3);
  });
});
