import assert from 'node:assert/strict';
import { cp, mkdtemp, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { readServerFile, removeServerFile, writeServerFile } from '../../../connection/server-file.js';
import { type Home, homeOf } from '../../../domain/home.js';

const SERVER = {
  token: 'a',
  supervisor: { pid: 6, startedAt: 'then' },
  server: { pid: 7, startedAt: 'then' },
  address: '127.0.0.1:7233',
};

async function newHome(t: TestContext): Promise<Home> {
  const folder = await mkdtemp(join(tmpdir(), 'apprentice-home-'));
  t.after(() => rm(folder, { recursive: true }));
  return homeOf({ APPRENTICE_HOME: folder });
}

test('the file of a server reads back, and one that is missing or broken counts as none', async (t) => {
  const home = await newHome(t);
  assert.equal(readServerFile(home), undefined);
  writeServerFile(home, SERVER);
  const { home: _, ...read } = readServerFile(home)!;
  assert.deepEqual(read, SERVER);
  assert.equal((await stat(home.serverFile)).mode & 0o777, 0o600);
  for (const content of ['{', '{}', '{"address": 1}', '']) {
    await writeFile(home.serverFile, content);
    assert.equal(readServerFile(home), undefined);
  }
});

test('a copied home does not have the server of its original; a moved one does', async (t) => {
  const home = await newHome(t);
  writeServerFile(home, SERVER);
  const copy = homeOf({ APPRENTICE_HOME: join(home.folder, 'copy') });
  await cp(home.folder, `${home.folder}-copy`, { recursive: true });
  await rename(`${home.folder}-copy`, copy.folder);
  assert.equal(readServerFile(copy), undefined);
  const moved = homeOf({ APPRENTICE_HOME: `${home.folder}-moved` });
  await rename(home.folder, moved.folder);
  assert.equal(readServerFile(moved)?.token, 'a');
  await rename(moved.folder, home.folder);
});

test('an `up` that ends removes its own file, not that of its successor', async (t) => {
  const home = await newHome(t);
  writeServerFile(home, { ...SERVER, token: 'b' });
  removeServerFile(home, 'a');
  assert.equal(readServerFile(home)?.token, 'b');
  removeServerFile(home, 'b');
  assert.equal(readServerFile(home), undefined);
  await assert.rejects(stat(home.serverFile), { code: 'ENOENT' });
});
