import assert from 'node:assert/strict';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { MethodConfigInput } from '../../../domain/method-types.js';
import type { DistillReport } from '../../../domain/methods/distill.js';
import { modelKeys } from '../../../storage/keys.js';
import { openStore } from '../../../storage/open-store.js';
import { champion } from '../../../storage/registry.js';
import { logsOf, type RunningApprentice, startApprentice } from '../../support/running-apprentice.js';
import { smallDistillation, someClasses, teacherRun } from '../../support/small-teaching.js';

let running: RunningApprentice;

before(async () => {
  running = await startApprentice();
  const { home, apprentice } = running;
  const run = await apprentice.start(teacherRun(running), { runId: 'teacher' });
  await run.result().catch(async (error) => {
    throw new Error(await logsOf(home), { cause: error });
  });
});
after(() => running.close());

async function distilled(
  runId: string,
  change: Partial<MethodConfigInput<'distill'>> = {},
): Promise<DistillReport> {
  const method = await running.apprentice.begin('distill', smallDistillation(running, change), { runId });
  return method.result().catch(async (error) => {
    throw new Error(await logsOf(running.home), { cause: error });
  });
}

test('a student learns from its teacher, is compared with it, and enters a line of its own', async () => {
  const report = await distilled('same-views', { features: { weight: 10 } });
  const { validation, test: measured, model, version, summary } = report;
  assert.ok(validation.parameterRatio > 2 && validation.sizeRatio > 1);
  assert.equal(validation.images, 100);
  assert.equal(measured!.images, 100);
  assert.equal(validation.student.accuracy, model.validation.accuracy);
  assert.equal(validation.teacher.accuracy, report.teacherValidation.accuracy);
  assert.ok(validation.agreement > 0.1);
  assert.equal(version, 1);
  assert.match(summary, /of the teacher/);
  const entered = await champion(openStore(join(running.home, 'store')), 'small');
  assert.equal(entered?.runId, 'same-views');
  const folder = join(running.home, 'store', model.modelKey);
  const files = await Promise.all((await readdir(folder)).map((file) => stat(join(folder, file))));
  assert.equal(
    validation.student.bytes,
    files.reduce((sum, { size }) => sum + size, 0),
  );
});

test('from recorded answers to unlabelled images alone, hard or soft', async () => {
  const change = { from: 'unlabelled', views: 'recorded', gate: { reigning: 'replace' } } as const;
  const report = await distilled('mimicry', {
    ...change,
    targets: 'hard',
    teachers: ['few-clothes', 'few-clothes@1'],
  });
  assert.equal(report.teachers.length, 2);
  const store = openStore(join(running.home, 'store'));
  const { responses } = modelKeys('mimicry', 'teachers');
  assert.ok(await store.has(responses('unlabelled')));
  assert.ok(!(await store.has(responses('labelled'))));
});

test('killed in its training, it comes to the same student', async () => {
  const undisturbed = await distilled('undisturbed', { name: 'one' });
  const method = await running.apprentice.begin('distill', smallDistillation(running, { name: 'two' }), {
    runId: 'disturbed',
  });
  for await (const { steps } of method.follow({ intervalMs: 50, signal: AbortSignal.timeout(90_000) })) {
    if (steps.some(({ activity, done }) => activity === 'train' && done > 3)) break;
  }
  process.kill(await running.pidOf('trainer-1'), 'SIGKILL');
  const { model } = await method.result();
  assert.equal(model.weightsHash, undisturbed.model.weightsHash);
});

test('what does not fit is refused before any training, by the name of its field', async () => {
  const refused = async (runId: string, change: Partial<MethodConfigInput<'distill'>>, message: RegExp) => {
    const method = await running.apprentice.begin('distill', smallDistillation(running, change), { runId });
    await assert.rejects(method.result(), message);
    const { stages } = await method.progress();
    assert.ok(!stages.some(({ name }) => name === 'train the student'));
  };
  const { data } = running.config;
  await refused(
    'other-classes',
    { data: { ...data, labelled: someClasses(running, ['bag', 'coat']) } },
    /teachers\[0\]: received few-clothes .*with the classes .*expected those of the data: bag, coat/,
  );
  await refused(
    'other-size',
    { data: { ...data, image: { width: 20, height: 20 } } },
    /teachers\[0\]: .*takes 28 x 28 pictures in gray, expected a model for the data's 20 x 20/,
  );
  await refused(
    'no-teacher',
    { teachers: ['few-clothes', 'nobody'] },
    /teachers\[1\]: received "nobody", expected a folder/,
  );
  const { labelsPerClass: _, ...all } = data;
  await refused(
    'nothing-unlabelled',
    { data: { ...all, labelsPerClass: 'all' }, from: 'unlabelled' },
    /data\.unlabelled: received no images/,
  );
});
