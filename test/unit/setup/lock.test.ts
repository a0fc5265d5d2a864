import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { withLock } from '../../../setup/lock.mjs';
import { temporaryFolder, writeFiles } from './support.js';

const LOCK_MODULE = new URL('../../../setup/lock.mjs', import.meta.url).href;

function startProcess(script: string) {
  return spawn(
    process.execPath,
    ['--input-type=module', '-e', `import { withLock } from '${LOCK_MODULE}';${script}`],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
}

test('two processes never work at the same time', async () => {
  const folder = temporaryFolder();
  const log = join(folder, 'log');
  writeFileSync(log, '');
  const script = `
    import { appendFileSync } from 'node:fs';
    import { setTimeout as sleep } from 'node:timers/promises';
    for (let round = 0; round < 3; round++) {
      await withLock(${JSON.stringify(join(folder, 'lock'))}, async () => {
        appendFileSync(${JSON.stringify(log)}, 'begin ' + process.pid + '\\n');
        await sleep(20);
        appendFileSync(${JSON.stringify(log)}, 'end ' + process.pid + '\\n');
      });
    }`;
  const codes = await Promise.all(
    [startProcess(script), startProcess(script)].map((child) => once(child, 'exit')),
  );
  assert.deepEqual(codes, [
    [0, null],
    [0, null],
  ]);
  const lines = readFileSync(log, 'utf8').trim().split('\n');
  assert.equal(lines.length, 12);
  for (let index = 0; index < lines.length; index += 2) {
    assert.equal(lines[index]?.replace('begin', 'end'), lines[index + 1]);
  }
  assert.deepEqual(readdirSync(folder), ['log']);
});

test('the lock of a killed process is taken over', async () => {
  const lock = join(temporaryFolder(), 'lock');
  const child = startProcess(
    `await withLock(${JSON.stringify(lock)}, () => { console.log('held'); return new Promise(() => setInterval(() => {}, 1000)); });`,
  );
  await once(child.stdout, 'data');
  child.kill('SIGKILL');
  await once(child, 'exit');
  assert.ok(existsSync(lock));
  assert.equal(await withLock(lock, async () => 'done'), 'done');
  assert.ok(!existsSync(lock));
});

test('waits for a live owner, and reports it once', async () => {
  const lock = join(temporaryFolder(), 'lock');
  let release = () => {};
  const first = withLock(lock, () => new Promise<void>((resolve) => (release = resolve)));
  while (!existsSync(lock)) await sleep(5);
  const owners: number[] = [];
  const second = withLock(
    lock,
    async () => 'second',
    ({ pid }) => owners.push(pid),
  );
  while (owners.length === 0) await sleep(5);
  release();
  await first;
  assert.equal(await second, 'second');
  assert.deepEqual(owners, [process.pid]);
});

test('an owner from before the last boot is dead, even if another process has its pid', async () => {
  const lock = join(temporaryFolder(), 'lock');
  const owner = { id: 'old', pid: process.pid, host: hostname(), since: 0 };
  writeFiles(lock, { 'owner.json': JSON.stringify(owner) });
  assert.equal(await withLock(lock, async () => 'done'), 'done');
});

test('failing work releases the lock and throws its own error', async () => {
  const lock = join(temporaryFolder(), 'lock');
  await assert.rejects(
    withLock(lock, () => Promise.reject(new Error('no luck'))),
    /no luck/,
  );
  assert.ok(!existsSync(lock));
});
