import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import type { ArtifactStore } from '../../../domain/artifact-store.js';
import { ArtifactMissingError, ConfigurationError, StoreFullError } from '../../../domain/errors.js';
import { explainDiskError } from '../../../storage/file-store/disk-errors.js';
import { openStore } from '../../../storage/open-store.js';

let folder: string;
let store: ArtifactStore;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'apprentice-store-'));
  store = openStore(folder);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const bytes = (text: string) => new TextEncoder().encode(text);
const text = async (key: string) => new TextDecoder().decode(await store.read(key));

test('reads what was written, and replaces it as a whole', async () => {
  await store.write('runs/a/report', bytes('first, longer'));
  await store.write('runs/a/report', bytes('second'));
  assert.equal(await text('runs/a/report'), 'second');
  assert.equal(await store.has('runs/a/report'), true);
  assert.equal(await store.has('runs/a'), false);
  await store.write('empty', bytes(''));
  const empty = await store.read('empty');
  assert.equal(empty.length, 0);
  assert.equal(Buffer.isBuffer(empty), false);
});

test('in a private folder all is private, in a shared one the umask decides', async (t) => {
  const umask = process.umask(0o022);
  t.after(() => process.umask(umask));
  const modes = async () => {
    await store.write('runs/a/report', bytes('a'));
    await store.create('runs/a/claim', bytes('b'));
    const paths = ['.tmp', 'runs', 'runs/a', 'runs/a/report', 'runs/a/claim'];
    const found = await Promise.all(paths.map((path) => stat(join(folder, path))));
    return found.map(({ mode }) => (mode & 0o777).toString(8));
  };
  assert.deepEqual(await modes(), ['700', '700', '700', '600', '600']);
  await rm(folder, { recursive: true });
  await mkdir(folder, { mode: 0o775 });
  store = openStore(folder);
  assert.deepEqual(await modes(), ['755', '755', '755', '644', '644']);
});

test('a missing artifact is reported with its key and store', async () => {
  for (const key of ['runs/none', 'runs']) {
    await assert.rejects(store.read(key), (error: Error) => {
      assert(error instanceof ArtifactMissingError);
      return error.message.includes(`"${key}"`) && error.message.includes(store.url);
    });
  }
  await store.remove('runs/none');
});

test('a pipe or device in place of an artifact is none, and nothing waits for it', {
  timeout: 5_000,
}, async () => {
  await mkdir(join(folder, 'runs'));
  execFileSync('mkfifo', [join(folder, 'runs', 'pipe')]);
  await symlink('/dev/zero', join(folder, 'runs', 'zero'));
  for (const key of ['runs/pipe', 'runs/zero']) {
    await assert.rejects(store.read(key), ArtifactMissingError);
    assert.equal(await store.has(key), false);
    await assert.rejects(store.create(key, bytes('x')), /move the folder or file in its way aside/);
  }
});

test('of many concurrent creations of a key, one succeeds', async () => {
  const writers = Array.from({ length: 20 }, (_, index) =>
    store.create('registry/line/1', bytes(String(index).repeat(1000))),
  );
  const won = (await Promise.all(writers)).flatMap((isFirst, index) => (isFirst ? [index] : []));
  assert.equal(won.length, 1);
  assert.equal(await text('registry/line/1'), String(won[0]).repeat(1000));
  assert.deepEqual(await readdir(join(folder, '.tmp')), []);
});

test('lists every key with a prefix, in code-unit order, without partial writes', async () => {
  for (const key of ['b/é', 'b/Z', 'b/a/deep/1', 'b/a-1', 'bc', 'シャツ/1'])
    await store.write(key, bytes(key));
  await writeFile(join(folder, '.tmp', 'of-a-killed-writer'), 'half');
  assert.deepEqual(await store.list(''), ['b/Z', 'b/a-1', 'b/a/deep/1', 'b/é', 'bc', 'シャツ/1']);
  assert.deepEqual(await store.list('b/a'), ['b/a-1', 'b/a/deep/1']);
  assert.deepEqual(await store.list('b/a/'), ['b/a/deep/1']);
  assert.deepEqual(await store.list('none/'), []);
});

test('removes old temporary files of killed writers and keeps recent ones', async () => {
  const temporary = join(folder, '.tmp');
  await mkdir(temporary);
  await writeFile(join(temporary, 'old'), 'half');
  await writeFile(join(temporary, 'recent'), 'half');
  const twoDaysAgo = new Date(Date.now() - 48 * 3600 * 1000);
  await utimes(join(temporary, 'old'), twoDaysAgo, twoDaysAgo);
  await store.write('a', bytes('a'));
  assert.deepEqual(await readdir(temporary), ['recent']);
});

test('removes empty folders while others write into them', async () => {
  await store.write('a/b/c/1', bytes('1'));
  await store.remove('a/b/c/1');
  await assert.rejects(stat(join(folder, 'a')));
  const rounds = Array.from({ length: 60 }, async (_, index) => {
    await store.write(`x/y/${index}`, bytes(String(index)));
    await store.remove(`x/y/${index}`);
  });
  await Promise.all(rounds);
  assert.deepEqual(await store.list('x/'), []);
});

test('refuses keys outside the store before it does anything', async () => {
  for (const key of ['', '/etc/passwd', '../x', 'a/../b', 'a//b', 'a/', 'a\\b', '.tmp/x', 'a\0']) {
    await assert.rejects(store.write(key, bytes('x')), ConfigurationError, key);
    await assert.rejects(store.read(key), ConfigurationError, key);
  }
  await assert.rejects(store.list('../'), ConfigurationError);
  assert.deepEqual(await readdir(folder), []);
});

test('refuses a key below another artifact, with the reason', async () => {
  await store.write('a', bytes('a'));
  await assert.rejects(store.write('a/b', bytes('b')), /folder of another/);
});

test('a full disk is reported as such', () => {
  const error = Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
  const explained = explainDiskError(error, 'writing 5 bytes to', 'runs/a', 'file:///srv') as Error;
  assert(explained instanceof StoreFullError);
  assert.match(explained.message, /file:\/\/\/srv.*runs\/a.*disk is full.*make space/);
});

test('opens a store by its URL or by a path, and refuses other addresses', async () => {
  await openStore(store.url).write('a', bytes('a'));
  assert.equal(await text('a'), 'a');
  for (const address of ['s3://bucket/x', 'https://x/y', 'file://other-host/x', '']) {
    assert.throws(() => openStore(address), ConfigurationError, address);
  }
});

test('reports each chunk of a large artifact, written or read', async () => {
  let chunks = 0;
  const reporting = openStore(store.url, { onTransfer: () => chunks++ });
  const large = new Uint8Array(20 * 1024 * 1024 + 5).map((_, index) => index % 251);
  await reporting.write('large', large);
  assert.equal(chunks, 3);
  const read = await reporting.read('large');
  assert.equal(chunks, 6);
  assert.equal(Buffer.compare(read, large), 0);
});

test('a store that is gone is said to be gone, and no write makes an empty one in its place', async () => {
  const known = openStore(store.url, { mustExist: true });
  await known.write('a', bytes('a'));
  await rm(folder, { recursive: true });
  const gone = { name: 'StoreGoneError', message: /the store is gone.*mount/ };
  await assert.rejects(known.read('a'), gone);
  await assert.rejects(known.write('b', bytes('b')), gone);
  await assert.rejects(known.create('b', bytes('b')), gone);
  await assert.rejects(known.has('a'), gone);
  await assert.rejects(known.list(''), gone);
  await assert.rejects(stat(folder), { code: 'ENOENT' });
});
