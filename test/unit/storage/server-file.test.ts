import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
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
