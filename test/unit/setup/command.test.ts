import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runCommand } from '../../../setup/command.mjs';
import { SetupError } from '../../../setup/setup-error.mjs';

test('a failing command is reported with its last lines, without noise', async () => {
  const script = 'echo noise; echo first; echo reason >&2; exit 3';
  await assert.rejects(
    runCommand('/bin/sh', ['-c', script], { isNoise: (line) => line === 'noise' }),
    (error: Error) => {
      assert.ok(error instanceof SetupError);
      assert.match(error.message, /exit code 3/);
      assert.match(error.message, /reason/);
      assert.doesNotMatch(error.message, /^ {2}noise$/m);
      return true;
    },
  );
});

test('a command that times out is killed with all its children', async () => {
  const started = Date.now();
  // The inner sleep holds the output open: ending only the shell would wait for it.
  await assert.rejects(
    runCommand('/bin/sh', ['-c', 'sleep 30 & wait'], { timeoutMs: 100 }),
    /took longer than 100 ms/,
  );
  assert.ok(Date.now() - started < 5000);
});

test('a missing program is reported as such', async () => {
  await assert.rejects(runCommand('/no/such/program', []), /`\/no\/such\/program` failed: .*ENOENT/);
});
