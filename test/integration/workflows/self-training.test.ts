import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { notedActivities, openedModel, STUBS, verdictOf } from '../../support/stub-activities.js';
import { stageLines, startStubRun } from '../../support/stub-runs.js';
import { withWorkflows } from '../../support/workflow-tests.js';

describe('self-training', { concurrency: true }, () => {
  test('a run shows its stages with parts and notes, and reports its best generation', async () => {
    const { activities, names, inputs } = notedActivities();
    await withWorkflows(activities, async (server) => {
      const run = await startStubRun(server, 'self-training', 'whole');
      const report = await run.result();

      const { status, stages, details, dataset, children } = await run.progress();
      assert.deepEqual(stageLines(stages), [
        'prepare the data set done: 30 labelled, 300 unlabelled images',
        'teacher done: 70.00% on validation, version 1 [training done, gate done]',
        'student 1 done: 71.00% on validation, version 2 [pseudo-labels done, training done, gate done]',
        'student 2 done: 72.00% on validation, version 3 [pseudo-labels done, training done, gate done]',
        'test done',
      ]);
      assert.deepEqual([status, children, dataset?.contentHash], ['completed', [], '0123456789abcdef']);
      assert.deepEqual(details?.generations, report.generations);
      assert.equal(details?.current, undefined);

      assert.equal(
        report.summary,
        'The best model is student 2: 75.00% on test, 0.00 points above its teacher; promoted as clothes@3.',
      );
      assert.deepEqual(
        report.generations.map(({ generation, role, promoted, version, test: onTest }) => [
          generation,
          role,
          promoted,
          version,
          onTest?.accuracy,
        ]),
        [
          [0, 'teacher', true, 1, 0.75],
          [1, 'student', true, 2, 0.75],
          [2, 'student', true, 3, 0.75],
        ],
      );
      assert.deepEqual(
        [report.model.modelKey, report.version, report.trainingSeconds, report.reportKey],
        ['runs/whole/generation-2/model', 3, 30, 'runs/whole/report'],
      );
      assert.deepEqual(await run.attributes(), {
        status: 'completed',
        method: 'self-training',
        stage: 'test',
        dataset: '0123456789abcdef',
        accuracy: 0.72,
      });

      const student = ['pseudoLabelShard', 'selectPseudoLabels', 'trainModel', 'judge', 'promote'];
      assert.deepEqual(names(), [
        ...['prepareDataset', 'trainModel', 'findReigning', 'promote', ...student, ...student],
        ...['measureModel', 'measureModel', 'measureModel', 'writeReport'],
      ]);
      assert.deepEqual(
        inputs('pseudoLabelShard').map(({ teacher }) => teacher.modelKey),
        ['runs/whole/generation-0/model', 'runs/whole/generation-1/model'],
        'the best model so far labels for the next one',
      );
      const { plan } = inputs('trainModel')[1]!;
      assert.deepEqual(plan.pseudoLabels, { key: 'runs/whole/generation-1/pseudo-labels', hash: 'labels' });
      assert.equal(plan.minimumParameters, 500);
      assert.deepEqual(
        inputs('promote').map(({ comparedVersion, reason, by }) => [comparedVersion, by, reason]),
        [
          [null, 'gate', undefined],
          [1, 'gate', 'gains 5.0 points'],
          [2, 'gate', 'gains 5.0 points'],
        ],
      );
      await server.replay('whole');
      await server.replay('whole/generation-1');
    });
  });

  test('a run replays its history at every task with the same result', async () => {
    const { activities, names } = notedActivities();
    await withWorkflows(
      activities,
      async (server) => {
        const { generations } = await (
          await startStubRun(server, 'self-training', 'whole', { generations: 1 })
        ).result();
        assert.equal(generations.length, 2);
        assert.equal(names().length, 4 + 5 + 2 + 1, 'each activity ran once');
      },
      { maxCachedWorkflows: 0 },
    );
  });

  test('a student that does not pass is not promoted, and the champion teaches on', async () => {
    const { activities, inputs } = notedActivities({ judge: () => verdictOf(false) });
    await withWorkflows(activities, async (server) => {
      const report = await (await startStubRun(server, 'self-training', 'weak')).result();
      assert.deepEqual(
        report.generations.map(({ promoted, verdict }) => [promoted, verdict?.passes]),
        [
          [true, undefined],
          [false, false],
          [false, false],
        ],
      );
      assert.deepEqual([report.version, report.model.modelKey], [1, 'runs/weak/generation-0/model']);
      const teachers = inputs('pseudoLabelShard').map(({ teacher }) => teacher.modelKey);
      assert.deepEqual(teachers, ['runs/weak/generation-0/model', 'runs/weak/generation-0/model']);
      assert.equal(inputs('promote').length, 1);
    });
  });

  test('with gate.otherwise: stop the run ends after a student that does not pass', async () => {
    const { activities } = notedActivities({ judge: () => verdictOf(false) });
    await withWorkflows(activities, async (server) => {
      const run = await startStubRun(server, 'self-training', 'stopped', { gate: { otherwise: 'stop' } });
      const { generations, version } = await run.result();
      assert.deepEqual([generations.length, version], [2, 1]);
      assert.equal((await run.progress()).status, 'completed');
    });
  });

  test('without test images nothing is measured on them', async () => {
    const dataset = STUBS.prepareDataset();
    const { activities, names } = notedActivities({
      prepareDataset: () => ({ ...dataset, counts: { ...dataset.counts, test: 0 } }),
    });
    await withWorkflows(activities, async (server) => {
      const run = await startStubRun(server, 'self-training', 'untested', { generations: 0 });
      const { summary } = await run.result();
      assert.match(summary, /70\.00% on validation; promoted as clothes@1/);
      assert(!names().includes('measureModel'));
    });
  });

  test('an existing model becomes the teacher: opened, measured, not trained, named in the report', async () => {
    const { activities, names, inputs } = notedActivities();
    await withWorkflows(activities, async (server) => {
      const run = await startStubRun(server, 'self-training', 'adopted', {
        generations: 1,
        teacher: { from: 'known' },
      });
      const report = await run.result();
      const from = {
        reference: 'known',
        name: 'known@1',
        modelKey: 'runs/known/generation-0/model',
        weightsHash: 'weights-of-known',
      };
      assert.deepEqual(report.startedFrom, [from]);
      assert.deepEqual([report.generations[0]?.from, report.generations[1]?.from], [from, undefined]);
      assert.deepEqual(names().slice(0, 3), ['openModel', 'prepareDataset', 'adoptTeacher']);
      assert.deepEqual(
        inputs('trainModel').map(({ plan }) => plan.name),
        ['generation-1'],
      );
      const [{ config, teacher }] = inputs('prepareDataset') as never as [
        { config: { data: { image?: unknown } }; teacher?: unknown },
      ];
      assert.deepEqual(teacher, openedModel('known'), 'the data must suit it');
      assert.deepEqual(config.data.image, { height: 8, width: 8, colour: 'gray', fit: 'cover' });
      assert.equal(inputs('promote')[0]?.from?.name, 'known@1');
    });
  });
});
