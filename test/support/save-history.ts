import { writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { gzipSync } from 'node:zlib';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { HISTORIES, type HistoryName } from './histories.js';
import type { WorkflowHistory } from './workflow-tests.js';

/** Saves a history for the replay test, without the name of the machine that recorded it. */
export async function saveHistory(name: HistoryName, history: WorkflowHistory): Promise<void> {
  const json: unknown = JSON.parse(historyToJSON(history), (_, value) =>
    // Workers are called `<pid>@<host>`, and their own queues after them.
    typeof value === 'string' ? value.replaceAll(`@${hostname()}`, '@worker') : value,
  );
  await writeFile(`${HISTORIES}${name}.json.gz`, gzipSync(JSON.stringify(json), { level: 9 }));
}
