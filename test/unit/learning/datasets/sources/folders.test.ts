import assert from 'node:assert/strict';
import { symlink } from 'node:fs/promises';
import { basename, join, relative } from 'node:path';
import { test } from 'node:test';
import { DataError } from '../../../../../domain/errors.js';
import { listSource } from '../../../../../learning/datasets/sources/list-source.js';
import { place, temporaryFolder } from '../../../../support/picture-files.js';

const labelled = { field: 'data.labelled', wantsLabels: true, watch: () => undefined };

test('class names may have spaces and any script; they are NFC and sorted independently of the locale', async (context) => {
  const path = await temporaryFolder(context);
  // The first two are one name, composed and decomposed.
  for (const name of ['caf\u00e9', 'cafe\u0301', 'Zebra', 'ankle boot', 'シャツ', 'рубашка', 'ä', 'قميص']) {
    await place(join(path, name, `${name.length}.png`), 'x');
  }
  const { classes, pictures } = await listSource({ format: 'class-folders', path }, labelled);
  assert.deepEqual(classes, ['Zebra', 'ankle boot', 'caf\u00e9', 'ä', 'рубашка', 'قميص', 'シャツ']);
  assert.equal(pictures.filter(({ label }) => label === 'caf\u00e9').length, 2);
});

test('hidden and other files are ignored, sub-folders searched, unsupported formats listed', async (context) => {
  const path = await temporaryFolder(context);
  const files =
    'a/1.PNG a/2.jpeg a/deep/er/3.webp a/4.gif a/notes.txt a/.5.png a/.hidden/6.png .git/7.png 8.png b/9.jpg';
  for (const file of files.split(' ')) await place(join(path, file), 'x');
  const { classes, pictures, stamps } = await listSource({ format: 'class-folders', path }, labelled);
  assert.deepEqual(classes, ['a', 'b']);
  const found = pictures.map(({ name }) => relative(path, name));
  assert.deepEqual(found, ['a/1.PNG', 'a/2.jpeg', 'a/4.gif', 'a/deep/er/3.webp', 'b/9.jpg']);
  assert.equal(stamps.length, found.length);
  const all = await listSource({ format: 'folder', path }, labelled);
  assert.equal(all.pictures.length, 6);
  assert.ok(all.pictures.every(({ label }) => label === undefined));
});

test('links are followed, loops entered once, broken links listed', async (context) => {
  const path = await temporaryFolder(context);
  const elsewhere = await temporaryFolder(context);
  await place(join(elsewhere, 'linked.png'), 'x');
  await place(join(path, 'a', '1.png'), 'x');
  await symlink(elsewhere, join(path, 'b'));
  await symlink(path, join(path, 'a', 'loop'));
  await symlink(join(path, 'a'), join(path, 'a', 'self'));
  await symlink(join(path, 'nowhere'), join(path, 'a', 'broken.png'));
  const { classes, pictures } = await listSource({ format: 'folder', path }, labelled);
  assert.deepEqual(classes, []);
  assert.deepEqual(pictures.map(({ name }) => basename(name)).sort(), ['1.png', 'broken.png', 'linked.png']);
  const byClass = await listSource({ format: 'class-folders', path: elsewhere }, labelled).catch(
    (error) => error,
  );
  assert.ok(byClass instanceof DataError);
});

test('errors about missing and empty folders name the setting', async (context) => {
  const path = await temporaryFolder(context);
  const missing = join(path, 'missing');
  const list = (format: 'class-folders' | 'folder', at: string) => listSource({ format, path: at }, labelled);
  await assert.rejects(
    list('class-folders', missing),
    /data\.labelled\.path: received ".*missing" and found nothing/,
  );
  await assert.rejects(list('class-folders', path), /data\.labelled\.path: .* found no folders/);
  await assert.rejects(list('folder', path), /data\.labelled\.path: .* found no pictures in it/);
  const file = await place(join(path, 'class', 'notes.txt'), 'x');
  await assert.rejects(list('class-folders', path), /only other files such as ".*notes\.txt"/);
  await assert.rejects(list('folder', file), /found a file, expected a folder/);
});

test('stamps differ after a file is changed, added or removed', async (context) => {
  const path = await temporaryFolder(context);
  const stamps = async () => (await listSource({ format: 'folder', path }, labelled)).stamps.join('\n');
  await place(join(path, '1.png'), 'x');
  const before = await stamps();
  assert.equal(await stamps(), before);
  await place(join(path, '1.png'), 'xy');
  const changed = await stamps();
  await place(join(path, '2.png'), 'x');
  assert.equal(new Set([before, changed, await stamps()]).size, 3);
});
