import assert from 'node:assert/strict';
import { test } from 'node:test';
import { notedActivities, openedModel, STUBS, trainedModel, verdictOf } from '../../support/stub-activities.js';
import { stageLines, startStubRun } from '../../support/stub-runs.js';
import { withWorkflows } from '../../support/workflow-tests.js';

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
    assert.deepEqual(config.data.image, { fit: 'cover', channels: 1, size: 8 });
    assert.equal(inputs('promote')[0]?.from?.name, 'known@1');
  });
});

const reigning = (version: number) => ({
  line: 'clothes',
  version,
  modelKey: 'runs/earlier/generation-0/model',
  runId: 'earlier',
  generation: 0,
  promotedAt: '2026-01-01T00:00:00.000Z',
  validationAccuracy: 0.8,
  classes: STUBS.prepareDataset().classes,
  image: STUBS.prepareDataset().image,
  parameters: 500,
  datasetHash: 'h',
});

test('a model that beats the champion of another run enters the registry', async () => {
  const { activities, inputs } = notedActivities({ findReigning: () => reigning(4) });
  await withWorkflows(activities, async (server) => {
    const run = await startStubRun(server, 'self-training', 'better', { generations: 0 });
    const { generations } = await run.result();
    assert.deepEqual([generations[0]?.version, generations[0]?.reigning?.version], [1, 4]);
    assert.equal(inputs('judge')[0]?.champion.validationPredictionsKey, 'runs/better/reigning-predictions');
    assert.equal(inputs('promote')[0]?.comparedVersion, 4);
    const teacher = (await run.progress()).stages[1]!;
    assert.deepEqual(
      teacher.parts?.map(({ name }) => name),
      ['training', 'gate', 'compare with clothes@4'],
    );
  });
});

test('a model that does not beat the champion of another run teaches on, outside the registry', async () => {
  const { activities, inputs } = notedActivities({
    findReigning: () => reigning(4),
    judge: ({ champion }) => verdictOf(!champion.validationPredictionsKey.includes('reigning')),
  });
  await withWorkflows(activities, async (server) => {
    const { generations, version, summary } = await (
      await startStubRun(server, 'self-training', 'weaker', { generations: 1 })
    ).result();
    assert.deepEqual(
      generations.map(({ promoted, reigning: champion, version: entered }) => [
        promoted,
        champion?.passes,
        entered,
      ]),
      [
        [true, false, undefined],
        [true, false, undefined],
      ],
    );
    assert.equal(version, undefined);
    assert.match(summary, /clothes keeps its earlier champion/);
    assert.equal(inputs('promote').length, 0);
  });
});

test('a champion that another run promotes meanwhile is compared too', async () => {
  let champion = 4;
  const { activities, inputs } = notedActivities({
    findReigning: () => reigning(champion),
    promote: (input) => {
      if (input.comparedVersion === champion && champion === 5) return STUBS.promote(input);
      champion = 5;
      return { supersededBy: 5 };
    },
  });
  await withWorkflows(activities, async (server) => {
    const run = await startStubRun(server, 'self-training', 'superseded', { generations: 0 });
    const { generations } = await run.result();
    assert.deepEqual([generations[0]?.version, generations[0]?.reigning?.version], [1, 5]);
    assert.deepEqual(
      inputs('promote').map(({ comparedVersion }) => comparedVersion),
      [4, 5],
    );
  });
});

test('with gate.reigning: replace the champion of another run is not compared', async () => {
  const { activities, names, inputs } = notedActivities({ findReigning: () => reigning(4) });
  await withWorkflows(activities, async (server) => {
    const gate = { reigning: 'replace' } as const;
    const { version } = await (
      await startStubRun(server, 'self-training', 'replaced', { generations: 0, gate })
    ).result();
    assert.equal(version, 1);
    assert(!names().includes('findReigning'));
    assert(!('comparedVersion' in inputs('promote')[0]!));
  });
});

test('a run that was terminated and is started again with its id does its work anew', async () => {
  const model = trainedModel('runs/again/generation-0', 0.7);
  const { activities, names } = notedActivities({ trainModel: () => model });
  await withWorkflows(activities, async (server) => {
    const first = await startStubRun(server, 'self-training', 'again', {
      generations: 1,
      gate: { approval: 'always' },
    });
    await first.until(({ status }) => status === 'awaiting-approval');
    await server.client.workflow.getHandle('again').terminate('lost machine');
    const began = names().length;
    const second = await startStubRun(server, 'self-training', 'again', { generations: 1 });
    const { generations, startedAt } = await second.result();
    assert.equal(generations.length, 2);
    assert.equal(names().length - began, 12, 'every activity is called, and finds its own results');
    assert(startedAt > (await first.progress()).stages[0]!.startedAt || startedAt);
  });
});
