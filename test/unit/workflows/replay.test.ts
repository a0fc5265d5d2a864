import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import { WORKFLOW_BUNDLE } from '../../../worker/orchestrator.js';

const HISTORIES = fileURLToPath(new URL('../../../../test/unit/workflows/histories/', import.meta.url));

Runtime.install({ logger: new DefaultLogger('ERROR') });

async function* histories() {
  for (const file of (await readdir(HISTORIES)).sort()) {
    const history = JSON.parse(await readFile(HISTORIES + file, 'utf8'));
    const { workflowId } = history.events[0].workflowExecutionStartedEventAttributes;
    yield { workflowId, history };
  }
}

test('runs of earlier versions can be gone on with: their histories replay', async () => {
  const failures: string[] = [];
  let replayed = 0;
  const results = Worker.runReplayHistories({ workflowBundle: { codePath: WORKFLOW_BUNDLE } }, histories());
  for await (const { workflowId, error } of results) {
    replayed++;
    if (error) failures.push(`${workflowId}: ${error.message}`);
  }
  assert.deepEqual(failures, []);
  assert(replayed >= 10, `${replayed} histories`);
});
