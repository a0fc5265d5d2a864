import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { replaceFolder } from '../../../setup/temporary-folder.mjs';
import { temporaryFolder, writeFiles } from './support.js';

const MODULE = new URL('../../../setup/temporary-folder.mjs', import.meta.url).href;

test('a complete folder replaces the old one', async () => {
  const parent = temporaryFolder();
  const target = join(parent, 'engine');
  writeFiles(target, { 'old.txt': 'old' });
  await replaceFolder(target, async (temporary) => {
    writeFileSync(join(temporary, 'new.txt'), 'new');
    assert.ok(existsSync(join(target, 'old.txt')), 'the old one stays until the new one is whole');
  });
  assert.deepEqual(readdirSync(target), ['new.txt']);
  assert.deepEqual(readdirSync(parent), ['engine']);
});

test('a failure leaves the old folder and no temporary one', async () => {
  const parent = temporaryFolder();
  const target = join(parent, 'engine');
  writeFiles(target, { 'old.txt': 'old' });
  await assert.rejects(
    replaceFolder(target, async (temporary) => {
      writeFileSync(join(temporary, 'half.txt'), 'half');
      throw new Error('disk full');
    }),
    /disk full/,
  );
  assert.equal(readFileSync(join(target, 'old.txt'), 'utf8'), 'old');
  assert.deepEqual(readdirSync(parent), ['engine']);
});

test('a partial folder of a killed set-up is never visible, and the next set-up removes it', async () => {
  const parent = temporaryFolder();
  const target = join(parent, 'engine');
  const script = `
    import { writeFileSync } from 'node:fs';
    import { replaceFolder } from '${MODULE}';
    await replaceFolder(${JSON.stringify(target)}, (temporary) => {
      writeFileSync(temporary + '/half.txt', 'half');
      console.log('half');
      return new Promise(() => setInterval(() => {}, 1000));
    });`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  child.kill('SIGKILL');
  await once(child, 'exit');
  assert.ok(!existsSync(target));
  assert.equal(readdirSync(parent).length, 1);

  await replaceFolder(target, async (temporary) => writeFileSync(join(temporary, 'whole.txt'), 'whole'));
  assert.deepEqual(readdirSync(parent), ['engine']);
  assert.deepEqual(readdirSync(target), ['whole.txt']);
});
