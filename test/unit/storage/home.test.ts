import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { homeOf } from '../../../domain/home.js';
import { makeHome } from '../../../storage/server-file.js';

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
