import assert from 'node:assert/strict';
import { chmod, chown, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { makeHome } from '../../../connection/home-folder.js';
import { homeOf } from '../../../domain/home.js';

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
  const store = join(home.folder, 'store');
  assert.deepEqual(await Promise.all([home.folder, store].map(modeOf)), ['700', '700']);
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
