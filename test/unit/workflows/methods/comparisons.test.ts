import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ActivityFailure, ApplicationFailure } from '@temporalio/common';
import { settleAll } from '../../../../workflows/methods/comparisons.js';

const failure = (message: string, type: string) =>
  new ActivityFailure(
    'Activity task failed',
    'trainModel',
    'joint',
    'MAXIMUM_ATTEMPTS_REACHED',
    undefined,
    ApplicationFailure.create({ message, type }),
  );
const diverged = failure('loss: received NaN', 'TrainingDivergedError');

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

test('a damaged artifact fails the run: without it, a worse model might be chosen', async () => {
  const damaged = failure('weights.bin was changed', 'CorruptArtifactError');
  const compare = async (name: string) => {
    if (name === 'head') throw damaged;
    return name;
  };
  await assert.rejects(settleAll(['fine-tune', 'head'], compare), (error) => error === damaged);
});
