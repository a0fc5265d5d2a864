import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Server } from '../../../client/connect.js';
import { openRun } from '../../../client/run.js';
import type { RunProgress } from '../../../domain/run.js';
import { openStore } from '../../../storage/open-store.js';

/** A server with one run under way. */
function serverWith(progress: Partial<RunProgress>) {
  const updates: unknown[] = [];
  const handle = {
    workflowId: 'shoes-1',
    describe: async () => ({
      status: { name: 'RUNNING' },
      typedSearchAttributes: { get: () => undefined },
      raw: { pendingActivities: [] },
    }),
    query: async () => ({ runId: 'shoes-1', status: 'running', stages: [], children: [], ...progress }),
    executeUpdate: async (name: string, { args }: { args: unknown[] }) => updates.push([name, ...args]),
  };
  const client = {
    options: { loadedDataConverter: {} },
    workflow: { getHandle: () => handle },
    withDeadline: (_: number, work: () => Promise<unknown>) => work(),
  };
  const server = { client, store: openStore('/nowhere/at/all'), address: 'localhost:1' };
  return { updates, run: openRun(server as unknown as Server, 'shoes-1') };
}

const DECISION = { promote: true, by: 'ada', reason: 'better on shoes' };

test('a decision without an open question is refused', async () => {
  const { run, updates } = serverWith({});
  await assert.rejects(run.decide(DECISION), {
    name: 'DecisionRefusedError',
    message:
      'shoes-1: no question is open, expected a run that waits for approval: `apprentice show shoes-1` shows its status',
  });
  assert.deepEqual(updates, []);
});

test('a decision answers the open question', async () => {
  const { run, updates } = serverWith({ status: 'awaiting-approval', question: { about: 'student 2' } });
  await run.decide(DECISION);
  assert.deepEqual(updates, [['decide', { ...DECISION, about: 'student 2' }]]);
});

test('a decision about a named model goes to the run as it is, which accepts or refuses it', async () => {
  const { run, updates } = serverWith({});
  await run.decide({ ...DECISION, promote: false, about: 'student 1' });
  assert.deepEqual(updates, [['decide', { ...DECISION, promote: false, about: 'student 1' }]]);
});
