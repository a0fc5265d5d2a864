import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ActivityFailure, ApplicationFailure } from '@temporalio/common';
import { settleAll } from '../../../../workflows/methods/settle-comparisons.js';

const diverged = new ActivityFailure(
  'Activity task failed',
  'fitModel',
  'joint',
  'MAXIMUM_ATTEMPTS_REACHED',
  undefined,
  ApplicationFailure.create({ message: 'loss: received NaN', type: 'TrainingDivergedError' }),
);

test('a comparison that fails is told of with its cause, and takes no other with it', async () => {
  const { results, failed } = await settleAll(['fine-tuning', 'joint', 'head-only'], async (name) => {
    if (name === 'joint') throw diverged;
    return name.length;
  });
  assert.deepEqual(results, [11, 9]);
  assert.deepEqual(failed, [{ name: 'joint', reason: 'loss: received NaN' }]);
});

test('none is nothing', async () => {
  assert.deepEqual(await settleAll([], assert.fail), { results: [], failed: [] });
});
