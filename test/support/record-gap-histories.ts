/**
 * Records the histories of gap reports and of choices of images that the replay tests replay, from real ones: after a
 * wanted change of their workflows.
 *
 *   node dist/test/support/record-gap-histories.js     (into test/unit/workflows/histories/)
 */
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client, Connection } from '@temporalio/client';
import { type RunningApprentice, startApprentice } from './running-apprentice.js';
import { saveHistory } from './save-history.js';

const HISTORIES = fileURLToPath(new URL('../../../test/unit/workflows/histories', import.meta.url));

function configs({ config: { data } }: RunningApprentice) {
  const common = { data, model: 'few-clothes' };
  const { path } = data.test as { readonly path: string };
  return {
    gap: { name: 'gap', ...common, real: { format: 'folder', path }, sample: 50, permutations: 19, shown: 2 },
    labelNext: { name: 'next', ...common, count: 5 },
  } as const;
}

const running = await startApprentice();
const { apprentice, home } = running;
const connection = await Connection.connect({ address: apprentice.address });
const client = new Client({ connection });

try {
  await mkdir(HISTORIES, { recursive: true });
  await (await apprentice.start({ ...running.config, generations: 0 }, { runId: 'clothes' })).result();
  const { gap, labelNext } = configs(running);
  await (await apprentice.begin('gap', gap, { runId: 'gap-completed' })).result();
  await (await apprentice.begin('labelNext', labelNext, { runId: 'label-next-completed' })).result();
  for (const runId of ['gap-completed', 'label-next-completed'])
    await saveHistory(client, runId, dirname(home), join(HISTORIES, `${runId}.json`));
} finally {
  await connection.close();
  await running.close();
}
