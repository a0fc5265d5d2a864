import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ActivityFailure, ApplicationFailure } from '@temporalio/common';
import { settleAll } from '../../../../workflows/methods/comparisons.js';

const diverged = new ActivityFailure(
  'Activity task failed',
  'trainModel',
  'joint',
  'MAXIMUM_ATTEMPTS_REACHED',
  undefined,
  ApplicationFailure.create({ message: 'loss: received NaN', type: 'TrainingDivergedError' }),
);

test('a failed comparison is reported with its cause, and the others go on', async () => {
  const { results, failed } = await settleAll(['fine-tuning', 'joint', 'head-only'], async (name) => {
    if (name === 'joint') throw diverged;
    return name.length;
  });
  assert.deepEqual(results, [11, 9]);
  assert.deepEqual(failed, [{ name: 'joint', reason: 'loss: received NaN' }]);
});

test('no comparisons have no results', async () => {
  assert.deepEqual(await settleAll([], assert.fail), { results: [], failed: [] });
});
