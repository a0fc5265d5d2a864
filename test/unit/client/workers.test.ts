import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { WorkflowExecutionDescription } from '@temporalio/client';
import type { Server } from '../../../client/connect.js';
import { whyUnanswered } from '../../../client/workers.js';
import { SERVED_STORE, served } from '../../support/served.js';

const QUEUE = 'apprentice-fedcba9876543210';

/** A server whose orchestrator has asked for work so many seconds ago. */
function server(...secondsAgo: number[]): Server {
  const client = { options: { namespace: 'default' } };
  return { ...served({ [QUEUE]: secondsAgo }), client } as unknown as Server;
}

const described = (attempt?: number) =>
  ({
    taskQueue: QUEUE,
    raw: attempt === undefined ? {} : { pendingWorkflowTask: { attempt } },
  }) as WorkflowExecutionDescription;

for (const [what, asked, attempt, expected] of [
  ['no worker polls', [], 9, /^no orchestrator answers/],
  ['the last worker polled long ago', [600], undefined, /^no orchestrator answers/],
  ['a worker polls, but is busy', [600, 5], undefined, /did not answer in time: it is busy/],
  ['a worker polls, and its predecessor has just ended', [5], 2, /did not answer in time: it is busy/],
  ['a worker polls, and fails each time', [5], 7, /fails to run the workflow .attempt 7.: see its log/],
] as const) {
  test(`a workflow does not answer: ${what}`, async () => {
    assert.match(await whyUnanswered(server(...asked), described(attempt)), expected);
  });
}

test('when only workers with another store poll, the reason names both stores', async () => {
  const stores = { fedcba9876543210: 'file:///srv/a', [SERVED_STORE]: 'file:///srv/b' };
  const foreign = { ...served(undefined, stores), client: { options: {} } } as unknown as Server;
  assert.match(
    await whyUnanswered(foreign, described()),
    /^no orchestrator answers.*artifacts are in file:\/\/\/srv\/a, the running workers have file:\/\/\/srv\/b$/,
  );
});

test('while `up` starts or restarts its orchestrator, the reason says so instead of asking for another', async () => {
  const home = { ...server(), upLogs: '/home/ana/.apprentice/logs' };
  const why = await whyUnanswered(home, described());
  assert.match(
    why,
    /^no orchestrator answers yet: .apprentice up. is starting it; .*logs\/orchestrator\.log/,
  );
});
