import assert from 'node:assert/strict';
import { mkdtemp, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { openStore } from '../../../storage/open-store.js';
import { expectStore, readStoreIdentity, storeIdentity } from '../../../storage/store-identity.js';

async function newFolder(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'apprentice-store-'));
  t.after(() => rm(folder, { recursive: true }));
  return folder;
}

test('a store makes its id at its first use, once for all who come at the same time', async (t) => {
  const folder = join(await newFolder(t), 'store');
  assert.equal(await readStoreIdentity(openStore(folder)), undefined);
  const ids = await Promise.all(Array.from({ length: 8 }, () => storeIdentity(openStore(folder))));
  assert.equal(new Set(ids).size, 1);
  assert.match(ids[0]!, /^[0-9a-f]{16}$/);
});

test('a store has one id by all its paths, and another than any other store', async (t) => {
  const folder = await newFolder(t);
  const id = await storeIdentity(openStore(join(folder, 'store')));
  await symlink(join(folder, 'store'), join(folder, 'mounted'));
  assert.equal(await storeIdentity(openStore(join(folder, 'mounted'))), id);
  await rename(join(folder, 'store'), join(folder, 'moved'));
  assert.equal(await storeIdentity(openStore(join(folder, 'moved'))), id);
  assert.notEqual(await storeIdentity(openStore(join(folder, 'other'))), id);
});

test('a damaged id is no new store', async (t) => {
  const folder = await newFolder(t);
  await storeIdentity(openStore(folder));
  for (const content of ['', '{"id":"', '{"id":"../x"}']) {
    await writeFile(join(folder, 'store.json'), content);
    await assert.rejects(storeIdentity(openStore(folder)), {
      name: 'CorruptArtifactError',
      message: /store\.json.*delete it and start the workers again/,
    });
  }
});

test('a worker notices that its store is gone, or another has taken its place', async (t) => {
  const folder = await newFolder(t);
  const store = openStore(join(folder, 'store'));
  const id = await storeIdentity(store);
  await expectStore(store, id);
  await rename(join(folder, 'store'), join(folder, 'unmounted'));
  const gone = { name: 'StoreGoneError', message: new RegExp(`has no id, expected ${id}.*mounted`) };
  await assert.rejects(expectStore(store, id), gone);
  const other = await storeIdentity(store);
  await assert.rejects(expectStore(store, id), {
    message: new RegExp(`has the id ${other}, expected ${id}`),
  });
});
