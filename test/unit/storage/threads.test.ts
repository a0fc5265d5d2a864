import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { ArtifactStore } from '../../../domain/artifact-store.js';
import { openStore } from '../../../storage/open-store.js';
import { threadsOfRun } from '../../../storage/threads.js';

let folder: string;
let store: ArtifactStore;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'apprentice-threads-'));
  store = openStore(folder);
});
after(() => rm(folder, { recursive: true, force: true }));

test('the first trainer decides; a run with another id is free', async () => {
  assert.equal(await threadsOfRun(store, 'a', 4), 4);
  assert.equal(await threadsOfRun(store, 'a', 64), 4);
  assert.equal(await threadsOfRun(store, 'b', 64), 64);
});

test('trainers that begin at once agree', async () => {
  const counts = [1, 2, 3, 4, 5, 6, 7, 8];
  const agreed = await Promise.all(counts.map((own) => threadsOfRun(store, 'shared', own)));
  assert.equal(new Set(agreed).size, 1);
  assert(counts.includes(agreed[0]!));
});

test('a record that is torn is refused by name', async () => {
  await threadsOfRun(store, 'torn', 2);
  await writeFile(join(folder, 'runs/torn/threads'), '{"thr');
  await assert.rejects(threadsOfRun(store, 'torn', 2), /runs\/torn\/threads.*delete it/);
  await rm(join(folder, 'runs/torn/threads'));
  assert.equal(await threadsOfRun(store, 'torn', 3), 3);
});
