import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { create } from 'tar';
import { unpackOnce } from '../../../../cli/demo/unpack-once.js';

/** An archive of `pictures/` with two files. */
async function withArchive(work: (folder: string, archive: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'apprentice-unpack-'));
  try {
    await mkdir(join(folder, 'source', 'pictures'), { recursive: true });
    await writeFile(join(folder, 'source', 'pictures', 'one.png'), 'one');
    await writeFile(join(folder, 'source', 'pictures', 'two.png'), Buffer.alloc(200_000, 'two'));
    const archive = join(folder, 'pictures.tar.gz');
    await create({ file: archive, gzip: true, cwd: join(folder, 'source') }, ['pictures']);
    await work(join(folder, 'data'), archive);
  } finally {
    await rm(folder, { recursive: true });
  }
}

const unpack = (folder: string, archive: string, shares: number[] = []) =>
  unpackOnce({ archive, name: 'pictures', folder, onProgress: (share) => shares.push(share) });

test('an archive is unpacked once, with progress', () =>
  withArchive(async (folder, archive) => {
    const shares: number[] = [];
    assert.equal(await unpack(folder, archive, shares), true);
    assert.equal(await readFile(join(folder, 'pictures', 'one.png'), 'utf8'), 'one');
    assert.equal(shares.at(-1), 1);
    assert.equal(await unpack(folder, archive), false);
    assert.deepEqual(await readdir(folder), ['pictures']);
  }));

test('a damaged archive leaves no files behind', () =>
  withArchive(async (folder, archive) => {
    await truncate(archive, 150);
    await assert.rejects(unpack(folder, archive), { name: 'DataError', message: /can't be unpacked/ });
    assert.deepEqual(await readdir(folder), []);
  }));

test('an archive with a link is refused, and nothing of it stays', () =>
  withArchive(async (folder, archive) => {
    const source = join(archive, '..', 'source');
    await symlink('one.png', join(source, 'pictures', 'link.png'));
    await create({ file: archive, gzip: true, cwd: source }, ['pictures']);
    const expected = {
      name: 'DataError',
      message: /holds "pictures\/link.png", expected only files and folders/,
    };
    await assert.rejects(unpack(folder, archive), expected);
    assert.deepEqual(await readdir(folder), []);
  }));

test('the leftovers of a killed process are removed', () =>
  withArchive(async (folder, archive) => {
    // No process has this number.
    await mkdir(join(folder, '.unpacking-999999999', 'pictures'), { recursive: true });
    await unpack(folder, archive);
    assert.deepEqual(await readdir(folder), ['pictures']);
  }));

test('the files of another live process stay', () =>
  withArchive(async (folder, archive) => {
    // Another process, which lives: this one's parent.
    await mkdir(join(folder, `.unpacking-${process.ppid}`), { recursive: true });
    await unpack(folder, archive);
    assert.deepEqual((await readdir(folder)).sort(), [`.unpacking-${process.ppid}`, 'pictures']);
  }));
