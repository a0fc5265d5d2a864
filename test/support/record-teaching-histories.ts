/**
 * Records the histories of a distillation and an extension that the replay tests replay, from real ones: after a wanted
 * change of their workflows.
 *
 *   node dist/test/support/record-teaching-histories.js     (into test/unit/workflows/histories/)
 */
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client, Connection } from '@temporalio/client';
import { startApprentice } from './running-apprentice.js';
import { saveHistory } from './save-history.js';
import { oldModelRun, oldPictures, smallDistillation, smallExtension, teacherRun } from './small-teaching.js';

const HISTORIES = fileURLToPath(new URL('../../../test/unit/workflows/histories', import.meta.url));

const running = await startApprentice();
const { apprentice, home } = running;
const connection = await Connection.connect({ address: apprentice.address });
const client = new Client({ connection });

const save = (workflowId: string) =>
  saveHistory(client, workflowId, dirname(home), join(HISTORIES, `${workflowId}.json`));

async function distilled(): Promise<void> {
  await (await apprentice.start(teacherRun(running))).result();
  const config = smallDistillation(running, { teachers: ['few-clothes', 'few-clothes@1'] });
  const method = await apprentice.begin('distill', config, { runId: 'distill-paused' });
  for await (const { steps } of method.follow({ intervalMs: 50 })) {
    if (steps.some(({ activity, done }) => activity === 'train' && done > 3)) break;
  }
  await method.pause();
  await method.resume();
  await method.result();
  await save('distill-paused');
}

async function extended(): Promise<void> {
  await (await apprentice.start(oldModelRun(running))).result();
  for (const [runId, change] of [
    ['extend-compared', { old: oldPictures(running) }],
    ['extend-alone', { name: 'alone', views: 'recorded', compare: [] }],
  ] as const) {
    const config = smallExtension(running, change as Partial<ReturnType<typeof smallExtension>>);
    await (await apprentice.begin('extend', config, { runId })).result();
    await save(runId);
  }
}

try {
  await mkdir(HISTORIES, { recursive: true });
  for (const scenario of [distilled, extended]) {
    await scenario();
    console.log(`recorded ${scenario.name}`);
  }
} finally {
  await connection.close();
  await running.close();
}
