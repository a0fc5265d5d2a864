import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import { WORKFLOW_BUNDLE } from '../../../worker/orchestrator.js';
import { HISTORIES, HISTORY_NAMES } from '../../support/histories.js';

Runtime.install({ logger: new DefaultLogger('ERROR') });

async function* histories() {
  for (const name of HISTORY_NAMES) {
    const history = JSON.parse(gunzipSync(await readFile(`${HISTORIES}${name}.json.gz`)).toString());
    // The id by which a child workflow finds its run.
    const { workflowId } = history.events[0].workflowExecutionStartedEventAttributes;
    yield { workflowId, history };
  }
}

test('the recorded histories are the expected ones', async () => {
  const names = (await readdir(HISTORIES)).map((file) => file.replace(/\.json\.gz$/, ''));
  assert.deepEqual(names.sort(), HISTORY_NAMES);
});

test('the workflows replay recorded histories, so runs in progress go on after an update', async () => {
  const failures: string[] = [];
  let place = 0;
  const options = { workflowBundle: { codePath: WORKFLOW_BUNDLE }, debugMode: true };
  const results = Worker.runReplayHistories(options, histories());
  for await (const { error } of results) {
    const name = HISTORY_NAMES[place++];
    if (error) failures.push(`${name}: ${error.message}`);
  }
  assert.deepEqual(failures, []);
  assert.equal(place, HISTORY_NAMES.length);
});
