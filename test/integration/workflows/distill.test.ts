import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  notedActivities,
  reigningModel,
  STUBS,
  untilCancelled,
  verdictOf,
} from '../../support/stub-activities.js';
import { type StubRun, stageLines, startStubRun, until } from '../../support/stub-runs.js';
import { withWorkflows } from '../../support/workflow-tests.js';

const untilAsked = (run: StubRun<'distill'>) => run.until(({ status }) => status === 'awaiting-approval');

describe('distill, as an example of a method that promotes one model', { concurrency: true }, () => {
  test('a distillation opens its teachers, trains the student, compares both and promotes it', async () => {
    const { activities, names, inputs } = notedActivities();
    await withWorkflows(activities, async (server) => {
      const run = await startStubRun(server, 'distill', 'whole', { teachers: ['large', 'larger@2'] });
      const report = await run.result();
      const { stages, status } = await run.progress();
      assert.deepEqual(stageLines(stages), [
        'open large done: 3 classes, 1,000 parameters',
        'open larger@2 done: 3 classes, 1,000 parameters',
        'prepare the data set done: 30 labelled, 300 unlabelled images',
        'predict with the teachers done: 80.0% on validation',
        'train the student done: 70.0% on validation',
        'compare student and teachers done: 90.0% agreement',
        'gate done: version 1',
      ]);
      assert.equal(status, 'completed');
      assert.deepEqual(names().slice(2), [
        ...['prepareDataset', 'predictWithTeachers', 'trainModel', 'measureCompression'],
        ...['findReigning', 'promote', 'writeReport'],
      ]);
      assert.deepEqual(
        [report.version, report.teachers, report.startedFrom?.map(({ name }) => name)],
        [1, ['large', 'larger@2'], ['large@1', 'larger@2']],
      );
      assert.match(report.summary, /2\.0 times fewer parameters and 2\.0 times the speed/);
      const { plan } = inputs('trainModel')[0]!;
      assert.equal(plan.teachers?.length, 2);
      assert.deepEqual(await run.attributes(), {
        status: 'completed',
        method: 'distill',
        stage: 'gate',
        dataset: '0123456789abcdef',
        accuracy: 0.7,
      });
      await server.replay('whole');
    });
  });

  test('with gate.approval: always a person decides, also on the first of a line', async () => {
    const { activities, inputs, names } = notedActivities();
    await withWorkflows(activities, async (server) => {
      const run = await startStubRun(server, 'distill', 'first', { gate: { approval: 'always' } });
      const { question, stages } = await untilAsked(run);
      assert.deepEqual(question, { about: 'the student' });
      assert.equal(stageLines(stages).at(-1), 'gate running [decision running]');
      assert(!names().includes('promote'));
      await run.decide({ about: 'the student' });
      const { version, decision } = await run.result();
      assert.deepEqual([version, decision?.by], [1, 'Ada']);
      assert.deepEqual([inputs('promote')[0]?.by, inputs('promote')[0]?.reason], ['Ada', 'looks right']);
    });
  });

  test('a rejected model leaves the champion of the line', async () => {
    const { activities, names } = notedActivities({ findReigning: () => reigningModel(4) });
    await withWorkflows(activities, async (server) => {
      const run = await startStubRun(server, 'distill', 'rejected', { gate: { approval: 'always' } });
      const { question } = await untilAsked(run);
      assert.equal(question?.verdict?.passes, true, 'the evidence is shown with the question');
      await run.decide({ about: 'the student', promote: false, by: 'Grace', reason: 'too small' });
      const { version, decision, reigning } = await run.result();
      assert.deepEqual([version, decision?.by, reigning?.version], [undefined, 'Grace', 4]);
      assert(!names().includes('promote'));
    });
  });

  test('with gate.otherwise: ask a person decides on a model that does not beat the champion', async () => {
    const { activities } = notedActivities({
      findReigning: () => reigningModel(4),
      judge: () => verdictOf(false),
    });
    await withWorkflows(activities, async (server) => {
      const run = await startStubRun(server, 'distill', 'doubtful', { gate: { otherwise: 'ask' } });
      assert.equal((await untilAsked(run)).question?.verdict?.passes, false);
      await run.decide({ about: 'the student' });
      const { version, decision, reigning } = await run.result();
      assert.deepEqual([version, decision?.promote, reigning?.passes], [1, true, false]);
    });
  });

  test('a model that does not beat the champion is not promoted, and the report says why', async () => {
    const { activities, names } = notedActivities({
      findReigning: () => reigningModel(4),
      judge: () => verdictOf(false),
    });
    await withWorkflows(activities, async (server) => {
      const run = await startStubRun(server, 'distill', 'weaker');
      const { version, reigning } = await run.result();
      assert.deepEqual([version, reigning?.passes, reigning?.version], [undefined, false, 4]);
      const { stages } = await run.progress();
      assert.equal(
        stageLines(stages).at(-1),
        'gate done: not promoted: loses 5.0 points [compare with clothes@4 done]',
      );
      assert(!names().includes('promote'));
    });
  });

  test('a pause cancels the training of the student, and resuming calls it again', async () => {
    let held = 0;
    const { activities, calls, inputs } = notedActivities({
      trainModel: (input) => (held++ === 0 ? untilCancelled() : STUBS.trainModel(input)),
    });
    await withWorkflows(activities, async (server) => {
      const run = await startStubRun(server, 'distill', 'paused');
      await until(() => inputs('trainModel').length === 1);
      await run.pause();
      await until(() => calls.at(-1)?.end === 'cancelled');
      assert.equal((await run.progress()).status, 'paused');
      await run.resume();
      assert.equal((await run.result()).version, 1);
      assert.equal(inputs('trainModel').length, 2);
    });
  });

  test('a cancelled run waits for its training, and promotes nothing', async () => {
    const { activities, calls, names } = notedActivities({ trainModel: () => untilCancelled(200) });
    await withWorkflows(activities, async (server) => {
      const run = await startStubRun(server, 'distill', 'cancelled');
      await until(() => names().includes('trainModel'));
      await run.cancel();
      await assert.rejects(run.result());
      assert.equal(calls.at(-1)?.end, 'cancelled');
      const { status, stages } = await run.progress();
      assert.deepEqual([status, stageLines(stages).at(-1)], ['cancelled', 'train the student stopped']);
    });
  });
});
