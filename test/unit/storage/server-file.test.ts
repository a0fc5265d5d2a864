import assert from 'node:assert/strict';
import { chmod, chown, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { homeOf } from '../../../domain/home.js';
import { makeHome, readServerFile, writeServerFile } from '../../../storage/server-file.js';

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

test('the file of a server reads back, and one that is missing or broken counts as none', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'apprentice-home-'));
  t.after(() => rm(folder, { recursive: true }));
  const home = homeOf({ APPRENTICE_HOME: join(folder, 'new') });
  assert.equal(readServerFile(home), undefined);
  const server = { address: '127.0.0.1:7233', pid: 7, uiUrl: 'http://127.0.0.1:8233' };
  writeServerFile(home, server);
  assert.deepEqual(readServerFile(home), server);
  for (const content of ['{', '{}', '{"address": 1}']) {
    await writeFile(home.serverFile, content);
    assert.equal(readServerFile(home), undefined);
  }
});

const modeOf = async (path: string) => ((await stat(path)).mode & 0o777).toString(8);

test('a home is private whatever the umask, and an open one is tightened', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'apprentice-home-'));
  const umask = process.umask(0);
  t.after(() => process.umask(umask));
  t.after(() => rm(folder, { recursive: true }));
  const home = homeOf({ APPRENTICE_HOME: join(folder, 'new', 'home') });
  makeHome(home);
  writeServerFile(home, { address: '127.0.0.1:7233', pid: 7, uiUrl: 'http://127.0.0.1:8233' });
  assert.deepEqual([await modeOf(home.folder), await modeOf(home.serverFile)], ['700', '600']);
  await chmod(home.folder, 0o775);
  makeHome(home);
  assert.equal(await modeOf(home.folder), '700');
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
