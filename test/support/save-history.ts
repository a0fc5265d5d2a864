import { writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { HISTORIES, type HistoryName } from './histories.js';
import type { WorkflowHistory } from './workflow-tests.js';

const PROJECT = fileURLToPath(new URL('../../..', import.meta.url)).replace(/\/$/, '');

/** Saves a history for the replay test, without the names of the machine and the folder that recorded it. */
export async function saveHistory(name: HistoryName, history: WorkflowHistory): Promise<void> {
  // Workers are called `<pid>@<host>`, and their own queues after them; failures have stack traces.
  const anonymous = (text: string) =>
    text.replaceAll(`@${hostname()}`, '@worker').replaceAll(PROJECT, '/apprentice');
  const json: unknown = JSON.parse(historyToJSON(history), (_, value) =>
    typeof value === 'string' ? anonymous(value) : value,
  );
  await writeFile(`${HISTORIES}${name}.json.gz`, gzipSync(JSON.stringify(json), { level: 9 }));
}
