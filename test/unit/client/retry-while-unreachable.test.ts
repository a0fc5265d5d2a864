import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NoWorkerError, RunFailedError, ServerUnreachableError } from '../../../client/errors.js';
import { retryWhileUnreachable } from '../../../client/retry-while-unreachable.js';

test('waiting for a result goes on while the server is away; other errors end it', async () => {
  let asked = 0;
  const answer = await retryWhileUnreachable(async () => {
    if (++asked < 3) throw new ServerUnreachableError('no answer');
    if (asked < 4) throw new NoWorkerError('no orchestrator');
    return 'done';
  }, 1);
  assert.deepEqual([answer, asked], ['done', 4]);
  const failed = new RunFailedError('r-1: diverged');
  await assert.rejects(
    retryWhileUnreachable(() => Promise.reject(failed)),
    (error) => error === failed,
  );
});
