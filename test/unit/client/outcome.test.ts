import assert from 'node:assert/strict';
import { test } from 'node:test';
import { WorkflowFailedError, type WorkflowHandle } from '@temporalio/client';
import { ActivityFailure, ApplicationFailure, CancelledFailure } from '@temporalio/common';
import { outcomeOf } from '../../../client/outcome.js';

const handleOf = (result: () => Promise<unknown>) =>
  ({ workflowId: 'clothes-1', result }) as unknown as WorkflowHandle;
const failing = (cause: Error) =>
  handleOf(() => Promise.reject(new WorkflowFailedError('failed', cause, 'TIMEOUT' as never)));

test('the outcome of a failed run has the first error and its type', async () => {
  const root = ApplicationFailure.nonRetryable('unlabelled: received no pictures', 'DataError');
  const activity = new ActivityFailure('failed', 'prepareDataset', '1', 'NON_RETRYABLE_FAILURE', 'w', root);
  assert.deepEqual(await outcomeOf(failing(activity)), {
    status: 'failed',
    error: 'clothes-1: unlabelled: received no pictures',
    errorType: 'DataError',
  });
});

test('a cancelled run has not failed', async () => {
  const { status } = await outcomeOf(failing(new CancelledFailure('cancelled')));
  assert.equal(status, 'cancelled');
});

test('a completed run has its report', async () => {
  const report = { champion: 2 };
  assert.deepEqual(await outcomeOf(handleOf(async () => report)), { status: 'completed', report });
});
