import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { test } from 'node:test';
import { callApprentice } from '../../../support/call-apprentice.js';
import { temporaryFolder } from '../../../support/picture-files.js';

test('a worker that can’t start says why and ends; nothing is made', { timeout: 60_000 }, async (context) => {
  const home = await temporaryFolder(context);
  const [noServer, noGpu] = await Promise.all([
    callApprentice(home, ['worker']),
    callApprentice(home, ['worker', '--gpus', 'x']),
  ]);
  assert.match(noServer.stderr, /^error: Temporal server: none is configured/);
  assert.match(noGpu.stderr, /^error: gpus: received "x"/);
  assert.deepEqual([noServer.code, noGpu.code], [2, 2]);
  assert.deepEqual(await readdir(home), []);
});
