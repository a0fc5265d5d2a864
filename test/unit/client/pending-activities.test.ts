import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nextAttemptAt } from '../../../client/pending-activities.js';

const at = (seconds: number) => ({ seconds: seconds as never, nanos: 0 });

test('an activity that waits for its next attempt says when it begins', () => {
  const waiting = { state: 1, scheduledTime: at(60) };
  assert.deepEqual(nextAttemptAt(waiting, 1000), new Date(60_000));
  assert.equal(nextAttemptAt(waiting, 61_000), undefined);
  assert.equal(nextAttemptAt({ ...waiting, state: 2 }, 1000), undefined);
});
