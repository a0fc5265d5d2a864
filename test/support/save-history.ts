import { writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { Client } from '@temporalio/client';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';

const PROJECT = fileURLToPath(new URL('../../..', import.meta.url)).replace(/\/$/, '');

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
  // Workers are called `<pid>@<host>`, and their own queues after them.
  const anonymous = (text: string) =>
    text
      .replaceAll(folder, '/data')
      .replaceAll(PROJECT, '/apprentice')
      .replaceAll(`@${hostname()}`, '@worker');
  const json: unknown = JSON.parse(historyToJSON(history), (key, value) => {
    if (typeof value !== 'string') return value;
    return key === 'data' ? decodedAnd(anonymous, value) : anonymous(value);
  });
  await writeFile(path, `${JSON.stringify(json, undefined, 1)}\n`);
}

/** A payload stays byte for byte what it was where there is nothing to change. */
function decodedAnd(change: (text: string) => string, base64: string): string {
  const text = Buffer.from(base64, 'base64').toString();
  const changed = change(text);
  return changed === text ? base64 : Buffer.from(changed).toString('base64');
}
