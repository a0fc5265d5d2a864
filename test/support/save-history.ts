import { writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import type { Client } from '@temporalio/client';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';

/**
 * Saves a workflow's history for the replay tests, without what tells of the machine it came from.
 * @param folder in which the run's pictures and home were
 */
export async function saveHistory(
  client: Client,
  workflowId: string,
  folder: string,
  path: string,
  runId?: string,
): Promise<void> {
  const history = await client.workflow.getHandle(workflowId, runId).fetchHistory();
  const json: unknown = JSON.parse(historyToJSON(history), (key, value) => {
    if (typeof value !== 'string') return value;
    return key === 'data' ? withoutFolder(value, folder) : value.replaceAll(hostname(), 'worker');
  });
  await writeFile(path, `${JSON.stringify(json, undefined, 1)}\n`);
}

function withoutFolder(base64: string, folder: string): string {
  const text = Buffer.from(base64, 'base64').toString();
  return text.includes(folder) ? Buffer.from(text.replaceAll(folder, '/data')).toString('base64') : base64;
}
