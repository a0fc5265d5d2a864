import assert from 'node:assert/strict';
import { test } from 'node:test';
import { latestOf } from '../../../client/list.js';

test('runs are listed newest first, a run that was started again once, with its present status', () => {
  const run = (runId: string, day: number, status: 'completed' | 'failed') => ({
    runId,
    name: runId,
    method: 'self-training' as const,
    status,
    startedAt: `2026-02-0${day}T10:00:00.000Z`,
  });
  const listed = latestOf([run('a', 1, 'failed'), run('b', 2, 'completed'), run('a', 3, 'completed')]);
  assert.deepEqual(
    listed.map(({ runId, status }) => [runId, status]),
    [
      ['a', 'completed'],
      ['b', 'completed'],
    ],
  );
});
