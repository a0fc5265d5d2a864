import assert from 'node:assert/strict';
import { test } from 'node:test';
import { WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import type { Server } from '../../../client/connect.js';
import { startWork } from '../../../client/start-work.js';

interface Asked {
  readonly workflowId: string;
  readonly workflowIdReusePolicy: string;
}

/** A server that has the first so many ids already. */
function server(taken: number) {
  const asked: Asked[] = [];
  const start = async (workflow: string, options: Asked) => {
    asked.push(options);
    if (asked.length <= taken) {
      throw new WorkflowExecutionAlreadyStartedError('taken', options.workflowId, workflow);
    }
  };
  return { asked, server: { client: { workflow: { start } } } as unknown as Server };
}

const WORK = { workflow: 'run', config: { name: 'clothes' }, memo: {}, summary: 's' };

test('an id that nobody chose is drawn again where another run has it, be that one running, done or failed', async () => {
  const { asked, server: busy } = server(2);
  const runId = await startWork(busy, WORK);
  assert.equal(new Set(asked.map(({ workflowId }) => workflowId)).size, 3);
  assert.equal(asked.at(-1)!.workflowId, runId);
  assert.match(runId, /^clothes-\d{8}-[0-9a-f]{4}$/);
  assert.ok(asked.every((options) => options.workflowIdReusePolicy === 'REJECT_DUPLICATE'));
});

test('an id that somebody chose goes on with what has failed under it, and is refused where it can’t', async () => {
  const free = server(0);
  assert.equal(await startWork(free.server, WORK, { runId: 'mine' }), 'mine');
  assert.equal(free.asked[0]!.workflowIdReusePolicy, 'ALLOW_DUPLICATE_FAILED_ONLY');
  const taken = server(1);
  await assert.rejects(
    startWork(taken.server, WORK, { runId: 'mine' }),
    /^ConfigurationError: run id: received "mine"/,
  );
  assert.equal(taken.asked.length, 1);
});
