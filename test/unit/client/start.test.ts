import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { test } from 'node:test';
import { WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import type { Server } from '../../../client/connect.js';
import { startRun } from '../../../client/start.js';
import { METHOD_NAMES } from '../../../domain/methods.js';
import { leastConfig } from '../../support/least-config.js';
import { SERVED_STORE, served } from '../../support/served.js';

interface Asked {
  readonly workflowId: string;
  readonly memo: object;
  readonly taskQueue: string;
  readonly args: readonly [{ readonly config: object; readonly continueAsNewAfterEvents?: number }];
  readonly workflowIdReusePolicy: string;
}

/** A server that has the first so many ids already. */
function server(taken: number) {
  const asked: Asked[] = [];
  const start = async (workflow: string, options: Asked) => {
    assert.equal(workflow, 'run');
    asked.push(options);
    if (asked.length <= taken) {
      throw new WorkflowExecutionAlreadyStartedError('taken', options.workflowId, workflow);
    }
  };
  return {
    asked,
    server: { ...served(), client: { options: {}, workflow: { start } } } as unknown as Server,
  };
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

for (const method of METHOD_NAMES) {
  test(`a run of ${method} starts with its whole configuration, its method and name in the memo`, async () => {
    const { asked, server: free } = server(0);
    const runId = await startRun(free, leastConfig(method));
    assert.match(runId, /^shoes-/);
    const [{ memo, args, taskQueue }] = asked as [Asked];
    assert.deepEqual(memo, { name: 'shoes', method });
    assert.equal(taskQueue, `apprentice-${SERVED_STORE}`);
    const [{ config }] = args;
    assert.equal((config as { method: string }).method, method);
    assert.equal((config as { seed: number }).seed, 0);
  });
}

test('self-training starts without a method in its configuration, with paths from the current folder', async () => {
  const { asked, server: free } = server(0);
  await startRun(free, CONFIG, { runId: 'mine', continueAsNewAfterEvents: 500 });
  const [{ memo, args }] = asked as [Asked];
  assert.deepEqual(memo, { name: 'clothes', method: 'self-training' });
  assert.equal(args[0].continueAsNewAfterEvents, 500);
  const { data } = args[0].config as typeof CONFIG;
  assert.equal(data.labelled.path, resolve('x'));
});

test('a wrong configuration or id is refused before the server is called', async () => {
  const { asked, server: free } = server(0);
  await assert.rejects(
    startRun(free, { ...CONFIG, name: 'A b' }),
    /^ConfigurationError: .*name: received "A b"/s,
  );
  await assert.rejects(startRun(free, { ...CONFIG, method: 'distil' } as never), /did you mean "distill"/);
  await assert.rejects(startRun(free, CONFIG, { runId: 'a/b' }), /^ConfigurationError: run id: /);
  assert.equal(asked.length, 0);
});

test('a run that no worker would take, because all have another store, is refused with both stores', async () => {
  const start = async () => assert.fail('a run was started');
  const client = { options: {}, workflow: { start } };
  const stores = { fedcba9876543210: 'file:///srv/store', '00000000ffffffff': 'file:///old/store' };
  const foreign = served(
    { 'apprentice-fedcba9876543210': [3], 'apprentice-00000000ffffffff': [900] },
    stores,
  );
  await assert.rejects(
    startRun({ ...foreign, client } as unknown as Server, CONFIG),
    /^ConfigurationError: store: received file:\/\/\/nowhere\/at\/all, but the workers of 127\.0\.0\.1:1 have file:\/\/\/srv\/store: set APPRENTICE_STORE/,
  );
});

test('a run starts without any worker, for those that come', async () => {
  const asked: string[] = [];
  const start = async (_: string, { taskQueue }: Asked) => asked.push(taskQueue);
  const none = served({}, { fedcba9876543210: 'file:///srv/store' });
  await startRun({ ...none, client: { options: {}, workflow: { start } } } as unknown as Server, CONFIG);
  assert.deepEqual(asked, [`apprentice-${SERVED_STORE}`]);
});
