import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { SelfTrainingConfigInput } from '../../../domain/methods/self-training.js';
import { openStore } from '../../../storage/open-store.js';
import { readLineage } from '../../../storage/runs.js';
import { logsOf, type RunningApprentice, startApprentice } from '../../support/running-apprentice.js';

const KNOWN = ['ankle-boot', 'coat', 'dress'];
const OTHER = ['bag', 'sandal'];
const QUICK = { steps: 20, evaluations: 2 };

let running: RunningApprentice;

function dataOf(only: readonly string[]) {
  const { data } = running.config;
  return { ...data, labelled: { ...data.labelled, only: [...only] } as typeof data.labelled };
}

async function run(runId: string, change: Partial<SelfTrainingConfigInput>) {
  const { teacher: _, ...config } = running.config;
  const student = { ...config.student, ...QUICK };
  return running.apprentice.start({ ...config, student, ...change }, { runId });
}

async function resultOf<T>(work: { result(): Promise<T> }): Promise<T> {
  return work.result().catch(async (error) => {
    throw new Error(await logsOf(running.home), { cause: error });
  });
}

/** A model of three classes goes to two others; that it does so by its head alone takes seconds. */
before(async () => {
  running = await startApprentice();
  const teacher = { ...running.config.teacher, ...QUICK };
  await resultOf(await run('known', { name: 'known', data: dataOf(KNOWN), generations: 0, teacher }));
  const transfer = { name: 'other', from: 'known', mode: 'head', data: dataOf(OTHER) } as const;
  await resultOf(await running.apprentice.begin('transfer', transfer, { runId: 'transferred' }));
});
after(() => running.close());

test('what a transfer has made is the teacher of a run: measured, not trained, and students learn from it', async () => {
  const work = await run('students', { name: 'students', data: dataOf(OTHER), teacher: { from: 'other' } });
  const report = await resultOf(work);
  const [teacher, student] = report.generations;
  assert.equal(teacher?.from?.name, 'other@1');
  assert.equal(teacher.model.weightsHash, teacher.from.weightsHash);
  assert.deepEqual([teacher.model.steps, teacher.promoted, teacher.version], [0, true, 1]);
  assert.deepEqual([teacher.model.validation.images, teacher.test?.images], [20, 20]);
  assert.equal(student?.pseudoLabels?.images, 40);
  assert.equal(student.verdict?.championAccuracy, teacher.model.validation.accuracy);
  assert.equal(student.test?.images, 20);
  const store = openStore(join(running.home, 'store'));
  const lineage = await readLineage(store, 'students');
  assert.deepEqual(lineage.models[0]?.from, teacher.from);
  assert.equal(lineage.models[1]?.labelledBy?.weightsHash, teacher.from.weightsHash);
});

test('in its own line the champion keeps its version; students have to beat it', async () => {
  const gate = { margin: 1 };
  const change = { name: 'other', data: dataOf(OTHER), teacher: { from: 'other' }, gate };
  const report = await resultOf(await run('same-line', change));
  const [teacher, student] = report.generations;
  assert.deepEqual([teacher?.version, teacher?.reigning], [1, undefined]);
  assert.deepEqual([student?.promoted, student?.version], [false, undefined]);
  assert.equal((await running.apprentice.champion('other'))?.runId, 'transferred');
});

test('a model of other classes is refused before any training', async () => {
  const work = await run('wrong', { name: 'wrong', data: dataOf(OTHER), teacher: { from: 'known' } });
  await assert.rejects(
    work.result(),
    /teacher\.from: received known .*with the classes ankle-boot, coat, dress/,
  );
  assert.equal((await work.progress()).dataset, undefined);
  const unknown = await run('nobody', { name: 'nobody', data: dataOf(OTHER), teacher: { from: 'nobody' } });
  await assert.rejects(unknown.result(), /teacher\.from: received "nobody"/);
});
