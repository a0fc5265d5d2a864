/**
 * Records the histories that the replay tests replay, from real runs: after a wanted change of the workflows.
 *
 *   node dist/test/support/record-histories.js [SCENARIO…]     (into test/unit/workflows/histories/)
 */
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client, Connection } from '@temporalio/client';
import type { StartOptions } from '../../client/start-work.js';
import type { SelfTrainingConfigInput } from '../../domain/methods/self-training.js';
import { generationWorkflowId } from '../../domain/protocol.js';
import { startApprentice, untilSnapshot, untilTraining } from './running-apprentice.js';
import { saveHistory } from './save-history.js';

const HISTORIES = fileURLToPath(new URL('../../../test/unit/workflows/histories', import.meta.url));

const running = await startApprentice();
const { apprentice, home, config } = running;
const connection = await Connection.connect({ address: apprentice.address });
const client = new Client({ connection });

const save = (workflowId: string, name: string, executionId?: string) =>
  saveHistory(client, workflowId, dirname(home), join(HISTORIES, `${name}.json`), executionId);
const saveGeneration = (runId: string, generation: number) =>
  save(generationWorkflowId(runId, generation), `${runId}-generation-${generation}`);
const start = (runId: string, changes: Partial<SelfTrainingConfigInput> = {}, options: StartOptions = {}) =>
  apprentice.start({ ...config, ...changes }, { ...options, runId });

async function completed(): Promise<void> {
  await (await start('completed')).result();
  await save('completed', 'completed');
  await saveGeneration('completed', 0);
  await saveGeneration('completed', 1);
}

/** Of a model that is there already. */
async function adopted(): Promise<void> {
  await (await start('known', { name: 'known', generations: 0 })).result();
  await (await start('adopted', { name: 'adopted', teacher: { from: 'known' } })).result();
  await save('adopted', 'adopted');
  await saveGeneration('adopted', 0);
}

async function paused(): Promise<void> {
  const run = await start('paused');
  await untilTraining(home, 'paused', 1);
  await run.pause();
  await untilSnapshot(run, ({ progress, steps }) => progress.paused && steps.length === 0);
  await run.resume();
  await run.result();
  await save('paused', 'paused');
  await saveGeneration('paused', 1);
}

async function asked(): Promise<void> {
  const run = await start('asked', { gate: { otherwise: 'ask', approval: 'always' } });
  await untilSnapshot(run, ({ progress }) => progress.status === 'awaiting-approval');
  await run.decide({ promote: true, by: 'Ada', reason: 'looks right' });
  await run.result();
  await save('asked', 'asked');
}

async function continued(): Promise<void> {
  const run = await start('continued', {}, { continueAsNewAfterEvents: 5 });
  const { firstExecutionRunId } = await client.workflow
    .getHandle('continued')
    .describe()
    .then(({ runId }) => ({ firstExecutionRunId: runId }));
  await run.result();
  await save('continued', 'continued-first-part', firstExecutionRunId);
  await save('continued', 'continued-last-part');
}

async function cancelled(): Promise<void> {
  const run = await start('cancelled');
  await untilTraining(home, 'cancelled', 0);
  await run.cancel();
  await untilSnapshot(run, ({ outcome }) => outcome !== undefined);
  await save('cancelled', 'cancelled');
  await saveGeneration('cancelled', 0);
}

async function failed(): Promise<void> {
  const labelled = { format: 'class-folders', path: join(home, 'nowhere') } as const;
  const run = await start('failed', { data: { ...config.data, labelled } });
  await untilSnapshot(run, ({ outcome }) => outcome !== undefined);
  await save('failed', 'failed');
}

/** More shards than are labelled at once: the same pictures again and again. */
async function sharded(): Promise<void> {
  const { path } = config.data.labelled as { readonly path: string };
  const pictures = (await readdir(path, { recursive: true })).filter((name) => name.endsWith('.png'));
  const rows = Array.from({ length: 13_200 }, (_, row) => join(path, pictures[row % pictures.length]!));
  const sheet = join(dirname(home), 'many.csv');
  await writeFile(sheet, `path\n${rows.join('\n')}\n`);
  const data = { ...config.data, unlabelled: { format: 'csv' as const, path: sheet } };
  await (await start('sharded', { data, pseudoLabels: { shardSize: 100, threshold: 0 } })).result();
  await saveGeneration('sharded', 1);
}

try {
  await mkdir(HISTORIES, { recursive: true });
  const wanted = process.argv.slice(2);
  for (const scenario of [completed, adopted, paused, asked, continued, cancelled, failed, sharded]) {
    if (wanted.length > 0 && !wanted.includes(scenario.name)) continue;
    await scenario();
    console.log(`recorded ${scenario.name}`);
  }
} finally {
  await connection.close();
  await running.close();
}
