import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ActivityFailure, ApplicationFailure, RetryState } from '@temporalio/common';
import { untilDone } from '../../../workflows/until-done.js';

const failure = (type: string) =>
  new ActivityFailure(
    'Activity task failed',
    'trainModel',
    '1',
    RetryState.NON_RETRYABLE_FAILURE,
    undefined,
    ApplicationFailure.nonRetryable('it failed', type),
  );

/** Calls that fail with the types, then succeed; and how often the workflow waited. */
async function endOf(...types: string[]) {
  let calls = 0;
  let waits = 0;
  const end = await untilDone(
    async () => {
      const type = types[calls++];
      if (type) throw failure(type);
      return 'done';
    },
    async () => {
      waits++;
    },
  ).catch(({ cause }: ActivityFailure) => (cause as ApplicationFailure).type);
  return { end, calls, waits };
}

test('hand-overs count as no attempt, however many', async () => {
  const types = Array.from({ length: 200 }, () => 'HandedOverError');
  assert.deepEqual(await endOf(...types), { end: 'done', calls: 201, waits: 0 });
});

test('unexpected errors and missing artifacts get three attempts, between hand-overs too', async () => {
  const few = await endOf('UnexpectedError', 'HandedOverError', 'ArtifactMissingError', 'UnexpectedError');
  assert.deepEqual(few, { end: 'UnexpectedError', calls: 4, waits: 2 });
  assert.deepEqual(await endOf('UnexpectedError', 'UnexpectedError'), { end: 'done', calls: 3, waits: 2 });
});

test('any other error ends the call', async () => {
  assert.deepEqual(await endOf('DataError'), { end: 'DataError', calls: 1, waits: 0 });
});
