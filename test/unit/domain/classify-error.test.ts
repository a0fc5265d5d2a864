import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { classifyError } from '../../../domain/classify-error.js';

let folder: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'apprentice-errors-'));
  await writeFile(join(folder, 'file'), 'x');
  await symlink('loop', join(folder, 'loop'));
  await mkdir(join(folder, 'closed'), { mode: 0o000 });
});
after(() => rm(folder, { recursive: true, force: true }));

/** Real errors of the system. */
const REAL: ReadonlyArray<readonly [what: string, work: () => unknown, name: string]> = [
  ['a missing file', () => readFile(join(folder, 'none')), 'DataError'],
  ['a file used as a folder', () => readdir(join(folder, 'file')), 'DataError'],
  ['a folder used as a file', () => readFile(folder), 'DataError'],
  ['a loop of links', () => stat(join(folder, 'loop')), 'DataError'],
  ['a name that is too long', () => stat(join(folder, 'n'.repeat(600))), 'DataError'],
  ['a NUL byte', () => stat('a\0b'), 'DataError'],
  ['a read beyond the end of bytes', () => Buffer.alloc(4).readUInt32LE(2), 'CorruptArtifactError'],
  ['bytes that are not gzip', () => gunzipSync(Buffer.from('not gzip at all')), 'CorruptArtifactError'],
  ['a length that is negative', () => new Uint32Array(-1), 'UnexpectedError'],
  ['a mistake', () => (undefined as unknown as { map(): void }).map(), 'UnexpectedError'],
];

for (const [what, work, name] of REAL) {
  test(`${what} is a ${name}`, async () => {
    const thrown = await (async () => work())().then(
      () => assert.fail('no error'),
      (error: unknown) => error,
    );
    const sorted = classifyError(thrown, 'prepareDataset');
    assert.equal(sorted.name, name, String(thrown));
    assert.match(sorted.message, /^prepareDataset: /);
  });
}

test('a folder that another user may not list is a DataError', {
  skip: process.getuid?.() !== 0,
}, async () => {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [
      '-e',
      `require('fs').readdir(process.argv[1], (e) => console.log(JSON.stringify({ ...e, message: e.message })))`,
      join(folder, 'closed'),
    ],
    { uid: 65_534, gid: 65_534, cwd: '/', env: {} },
  );
  const { message, ...rest } = JSON.parse(stdout) as { message: string; code: string };
  assert.equal(rest.code, 'EACCES');
  assert.equal(classifyError(Object.assign(new Error(message), rest), 'prepareDataset').name, 'DataError');
});

test('a file larger than the limit, and a full disk, say what to do', async () => {
  const script = `process.on('SIGXFSZ', () => {}); try { require('fs').writeFileSync(process.argv[1], Buffer.alloc(1 << 20)) } catch (e) { console.log(e.code) }`;
  const { stdout } = await promisify(execFile)('bash', [
    '-c',
    `ulimit -f 8; exec "$0" -e "$1" "$2"`,
    process.execPath,
    script,
    join(folder, 'large'),
  ]);
  const error = (code: string) => Object.assign(new Error(`${code}: write`), { code });
  assert.equal(classifyError(error(stdout.trim()), 'step').name, 'ConfigurationError', stdout);
  assert.equal(classifyError(error('ENOSPC'), 'step').name, 'StoreFullError');
  for (const code of ['EIO', 'EROFS', 'ESTALE', 'ETIMEDOUT', 'EBUSY', 'EMFILE']) {
    assert.equal(classifyError(error(code), 'step').name, 'TransientError', code);
  }
});
