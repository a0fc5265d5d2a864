import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { readRegular, readRegularSync } from '../../../domain/regular-file.js';

const folder = await mkdtemp(join(tmpdir(), 'regular-file-'));
after(() => rm(folder, { recursive: true, force: true }));

test('pipes, sockets, devices and folders are refused at once, also behind links', {
  timeout: 5_000,
}, async () => {
  const pipe = join(folder, 'pipe');
  execFileSync('mkfifo', [pipe]);
  const link = join(folder, 'link');
  await symlink(pipe, link);
  const socket = join(folder, 'socket');
  const server = createServer().listen(socket);
  await new Promise((resolve) => server.once('listening', resolve));
  after(() => server.close());
  for (const path of [pipe, link, socket, '/dev/zero', '/dev/null']) {
    await assert.rejects(readRegular(path), { code: 'ESPECIAL' });
    assert.throws(() => readRegularSync(path), { code: 'ESPECIAL' });
  }
  await assert.rejects(readRegular(folder), { code: 'EISDIR' });
  await assert.rejects(readRegular(join(folder, 'nowhere')), { code: 'ENOENT' });
});

test('a regular file is read, also behind a link', async () => {
  const file = join(folder, 'file');
  await writeFile(file, 'content');
  await symlink(file, join(folder, 'to-file'));
  assert.equal(String(await readRegular(join(folder, 'to-file'))), 'content');
  assert.equal(readRegularSync(join(folder, 'to-file')), 'content');
});
