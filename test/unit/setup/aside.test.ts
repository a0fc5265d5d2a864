import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { makeAside } from '../../../setup/aside.mjs';
import { temporaryFolder, writeFiles } from './support.js';

const ASIDE_MODULE = new URL('../../../setup/aside.mjs', import.meta.url).href;

test('a folder appears whole, in the place of the old one', async () => {
  const parent = temporaryFolder();
  const target = join(parent, 'engine');
  writeFiles(target, { 'old.txt': 'old' });
  await makeAside(target, async (aside) => {
    writeFileSync(join(aside, 'new.txt'), 'new');
    assert.ok(existsSync(join(target, 'old.txt')), 'the old one stays until the new one is whole');
  });
  assert.deepEqual(readdirSync(target), ['new.txt']);
  assert.deepEqual(readdirSync(parent), ['engine']);
});

test('what fails leaves the old one and nothing aside', async () => {
  const parent = temporaryFolder();
  const target = join(parent, 'engine');
  writeFiles(target, { 'old.txt': 'old' });
  await assert.rejects(
    makeAside(target, async (aside) => {
      writeFileSync(join(aside, 'half.txt'), 'half');
      throw new Error('disk full');
    }),
    /disk full/,
  );
  assert.equal(readFileSync(join(target, 'old.txt'), 'utf8'), 'old');
  assert.deepEqual(readdirSync(parent), ['engine']);
});

test('what a killed set-up left half is never seen, and swept away by the next', async () => {
  const parent = temporaryFolder();
  const target = join(parent, 'engine');
  const script = `
    import { writeFileSync } from 'node:fs';
    import { makeAside } from '${ASIDE_MODULE}';
    await makeAside(${JSON.stringify(target)}, (aside) => {
      writeFileSync(aside + '/half.txt', 'half');
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

  await makeAside(target, async (aside) => writeFileSync(join(aside, 'whole.txt'), 'whole'));
  assert.deepEqual(readdirSync(parent), ['engine']);
  assert.deepEqual(readdirSync(target), ['whole.txt']);
});
