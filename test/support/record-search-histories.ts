/**
 * Records the histories of searches that the replay tests replay, from real ones: after a wanted change of their workflows.
 *
 *   node dist/test/support/record-search-histories.js     (into test/unit/workflows/histories/)
 */
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client, Connection } from '@temporalio/client';
import { trialWorkflowId } from '../../domain/methods/search.js';
import { startApprentice } from './running-apprentice.js';
import { saveHistory } from './save-history.js';
import { smallSearch, untilSearch } from './small-search.js';

const HISTORIES = fileURLToPath(new URL('../../../test/unit/workflows/histories', import.meta.url));

const running = await startApprentice();
const { apprentice, home } = running;
const connection = await Connection.connect({ address: apprentice.address });
const client = new Client({ connection });

const save = (workflowId: string, name: string, executionId?: string) =>
  saveHistory(client, workflowId, dirname(home), join(HISTORIES, `${name}.json`), executionId);

async function completed(): Promise<void> {
  const search = await apprentice.begin('search', smallSearch(running), { runId: 'search-completed' });
  await untilSearch(search, ({ running: trials }) => trials.includes(2));
  await search.pause();
  await search.resume();
  await apprentice.run(trialWorkflowId('search-completed', 2)).cancel();
  await search.result();
  await save('search-completed', 'search-completed');
  await save(trialWorkflowId('search-completed', 2), 'search-trial-cancelled');
  await save(trialWorkflowId('search-completed', 0), 'search-trial');
}

async function continued(): Promise<void> {
  const options = { runId: 'search-continued', continueAsNewAfterEvents: 30 };
  const search = await apprentice.begin('search', smallSearch(running), options);
  const { runId: first } = await client.workflow.getHandle('search-continued').describe();
  await search.result();
  await save('search-continued', 'search-continued-first-part', first);
  await save('search-continued', 'search-continued-last-part');
}

async function cancelled(): Promise<void> {
  const search = await apprentice.begin('search', smallSearch(running), { runId: 'search-cancelled' });
  await untilSearch(search, ({ running: trials }) => trials.includes(1));
  await search.cancel();
  await search.result().catch(() => undefined);
  await save('search-cancelled', 'search-cancelled');
}

try {
  await mkdir(HISTORIES, { recursive: true });
  for (const scenario of [completed, continued, cancelled]) {
    await scenario();
    console.log(`recorded ${scenario.name}`);
  }
} finally {
  await connection.close();
  await running.close();
}
