import assert from 'node:assert/strict';
import { chmod, chown, cp, mkdtemp, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { type Home, homeOf } from '../../../domain/home.js';
import { makeHome, readServerFile, removeServerFile, writeServerFile } from '../../../storage/server-file.js';

test('a home that can’t be created is a configuration error that names it', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'apprentice-home-'));
  t.after(() => rm(folder, { recursive: true }));
  const file = join(folder, 'file');
  await writeFile(file, 'no folder');
  for (const place of [file, join(file, 'below')]) {
    assert.throws(() => makeHome(homeOf({ APPRENTICE_HOME: place })), {
      name: 'ConfigurationError',
      message: new RegExp(`received ${place}, .*APPRENTICE_HOME`),
    });
  }
  makeHome(homeOf({ APPRENTICE_HOME: join(folder, 'new', 'home') }));
});

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

test('a home whose database would have too long a path is refused with its length', () => {
  const long = homeOf({ APPRENTICE_HOME: join('/tmp', 'x'.repeat(200), 'ü'.repeat(200)) });
  assert.throws(() => makeHome(long), {
    name: 'ConfigurationError',
    message: /has 618 bytes, expected at most 504: set APPRENTICE_HOME/,
  });
});

const modeOf = async (path: string) => ((await stat(path)).mode & 0o777).toString(8);

test('a home is private whatever the umask, and an open one is tightened', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'apprentice-home-'));
  const umask = process.umask(0);
  t.after(() => process.umask(umask));
  t.after(() => rm(folder, { recursive: true }));
  const home = homeOf({ APPRENTICE_HOME: join(folder, 'new', 'home') });
  makeHome(home);
  writeServerFile(home, SERVER);
  const store = join(home.folder, 'store');
  assert.deepEqual(await Promise.all([home.folder, store, home.serverFile].map(modeOf)), [
    '700',
    '700',
    '600',
  ]);
  for (const opened of [home.folder, store]) await chmod(opened, 0o775);
  makeHome(home);
  assert.deepEqual(await Promise.all([home.folder, store].map(modeOf)), ['700', '700']);
});

test('a home of another user is refused with the remedy', { skip: process.getuid?.() !== 0 }, async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'apprentice-home-'));
  t.after(() => rm(folder, { recursive: true }));
  await chown(folder, 12345, 12345);
  assert.throws(() => makeHome(homeOf({ APPRENTICE_HOME: folder })), {
    name: 'ConfigurationError',
    message: /belongs to the user with id 12345, .*APPRENTICE_HOME/,
  });
});
