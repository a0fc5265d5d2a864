import assert from 'node:assert/strict';
import { test } from 'node:test';
import { WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import type { Server } from '../../../client/connect.js';
import { startRun } from '../../../client/start.js';

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

const CONFIG = { name: 'clothes', data: { labelled: { format: 'class-folders', path: 'x' } } } as const;

test('without an id of its own a run gets a new one, whatever the run that has the drawn id already', async () => {
  const { asked, server: busy } = server(2);
  const runId = await startRun(busy, CONFIG);
  assert.equal(new Set(asked.map(({ workflowId }) => workflowId)).size, 3);
  assert.equal(asked.at(-1)!.workflowId, runId);
  assert.match(runId, /^clothes-\d{8}-[0-9a-f]{4}$/);
  assert.ok(asked.every((options) => options.workflowIdReusePolicy === 'REJECT_DUPLICATE'));
});

test('a chosen id continues the work of a run that failed, and is refused if a run has it already', async () => {
  const free = server(0);
  assert.equal(await startRun(free.server, CONFIG, { runId: 'mine' }), 'mine');
  assert.equal(free.asked[0]!.workflowIdReusePolicy, 'ALLOW_DUPLICATE_FAILED_ONLY');
  const taken = server(1);
  await assert.rejects(
    startRun(taken.server, CONFIG, { runId: 'mine' }),
    /^ConfigurationError: run id: received "mine"/,
  );
  assert.equal(taken.asked.length, 1);
});
