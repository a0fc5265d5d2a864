import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { WorkflowExecutionDescription } from '@temporalio/client';
import type { Server } from '../../../client/connect.js';
import { whyUnanswered } from '../../../client/workers.js';

/** A server whose orchestrator has asked for work so many seconds ago. */
function server(...secondsAgo: number[]): Server {
  const pollers = secondsAgo.map((ago) => ({
    lastAccessTime: { seconds: Math.round(Date.now() / 1000) - ago },
  }));
  return {
    client: { options: { namespace: 'default' } },
    connection: { workflowService: { describeTaskQueue: async () => ({ pollers }) } },
  } as unknown as Server;
}

const described = (attempt?: number) =>
  ({
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
