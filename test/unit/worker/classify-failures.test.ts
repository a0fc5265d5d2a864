import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { type ApplicationFailure, CancelledFailure } from '@temporalio/common';
import { DataError, HandedOverError, StoreFullError, StoreGoneError } from '../../../domain/errors.js';
import { classifyFailures } from '../../../worker/classify-failures.js';

const failing = (error: unknown, attempt = 1) =>
  classifyFailures({ step: () => Promise.reject(error) }, () => attempt).step();
const failureOf = (error: unknown, attempt?: number) =>
  failing(error, attempt).then(assert.fail, (failure: ApplicationFailure) => failure);

test('results, errors of ours and cancellations pass unchanged', async () => {
  const { doubled } = classifyFailures({ doubled: async (number: number) => 2 * number });
  assert.equal(await doubled(21), 42);
  for (const error of [new DataError('no pictures'), new CancelledFailure('paused')]) {
    await assert.rejects(failing(error), (failure) => failure === error);
  }
});

test('a store that is full or gone is tried again within a minute, after half an hour less often', async () => {
  for (const error of [new StoreFullError('make space'), new StoreGoneError('the store is gone')]) {
    const { type, message, nextRetryDelay, nonRetryable } = await failureOf(error);
    assert.deepEqual(
      [type, message, nextRetryDelay, nonRetryable],
      [error.name, error.message, '1 minute', false],
    );
    assert.equal((await failureOf(error, 31)).nextRetryDelay, '10 minutes');
  }
});

test('a hand-over, planned or by the end of the worker, ends the activity without a retry of the server', async () => {
  for (const error of [new HandedOverError('ends'), new CancelledFailure('WORKER_SHUTDOWN')]) {
    const { type, nonRetryable } = await failureOf(error);
    assert.deepEqual([type, nonRetryable], ['HandedOverError', true]);
  }
});

test('an error that nobody foresaw names the step', async () => {
  const { name, message } = await failureOf(new RangeError('Invalid typed array length: -1'));
  assert.deepEqual(
    [name, message],
    ['UnexpectedError', 'step: unexpected RangeError: Invalid typed array length: -1'],
  );
});

test('a NUL byte in a path is wrong data, and reaches no terminal', async () => {
  const error = await readFile('a\0b').catch((thrown: unknown) => thrown);
  const { name, message } = await failureOf(error);
  assert.equal(name, 'DataError');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: looks for the control character
  assert.doesNotMatch(message, /\u0000/);
});
