import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ApplicationFailure } from '@temporalio/common';
import { DataError, StoreFullError } from '../../../domain/errors.js';
import { retryLaterWhenFull } from '../../../worker/retry-later-when-full.js';

test('a full store is retried much later; results and other errors pass unchanged', async () => {
  const wrong = new DataError('no pictures');
  const activities = retryLaterWhenFull({
    doubled: async (number: number) => 2 * number,
    wrong: async () => Promise.reject(wrong),
    full: async () => Promise.reject(new StoreFullError('the disk is full: make space')),
  });
  assert.equal(await activities.doubled(21), 42);
  await assert.rejects(activities.wrong(), (error) => error === wrong);
  await assert.rejects(activities.full(), (error) => {
    assert(error instanceof ApplicationFailure);
    assert.deepEqual(
      [error.type, error.message, error.nextRetryDelay, error.nonRetryable],
      ['StoreFullError', 'the disk is full: make space', '10 minutes', false],
    );
    return true;
  });
});
