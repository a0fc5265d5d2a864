import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { homeNamespace, readNamespace } from '../../../connection/home-namespace.js';
import { homeOf } from '../../../domain/home.js';

test('a home gets its namespace once; a damaged file is an error, not a new namespace', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'apprentice-home-'));
  t.after(() => rm(folder, { recursive: true }));
  const home = homeOf({ APPRENTICE_HOME: folder });
  assert.equal(readNamespace(home), undefined);
  const namespace = homeNamespace(home);
  assert.match(namespace, /^apprentice-[0-9a-f]{16}$/);
  assert.equal(homeNamespace(home), namespace);
  assert.deepEqual(await readdir(folder), ['home.json']);
  for (const content of ['', '{}', '{"namespace":"default"}']) {
    await writeFile(home.identityFile, content);
    const damaged = { name: 'ConfigurationError', message: new RegExp(`${home.identityFile}.*restore it`) };
    assert.throws(() => homeNamespace(home), damaged);
  }
});
