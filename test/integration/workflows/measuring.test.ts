import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ApplicationFailure } from '@temporalio/common';
import { DATASET, notedActivities, openedModel, STUBS } from '../../support/stub-activities.js';
import { stageLines, startStubRun } from '../../support/stub-runs.js';
import { withWorkflows } from '../../support/workflow-tests.js';

describe('runs that measure, and transfer', { concurrency: true }, () => {
  test('gap opens the model, reads the images, compares them and writes its report', async () => {
    const { activities, names } = notedActivities();
    await withWorkflows(activities, async (server) => {
      const run = await startStubRun(server, 'gap', 'gap');
      const report = await run.result();
      assert.deepEqual(names(), ['openModel', 'prepareDataset', 'measureGap', 'writeReport']);
      assert.match(
        report.summary,
        /^40\.0% of the real images and 10\.0% of the validation images are far from every labelled image/,
      );
      assert.equal(report.startedFrom?.[0]?.name, 'clothes@1');
      assert.deepEqual(stageLines((await run.progress()).stages), [
        'open clothes done: 3 classes, 1,000 parameters',
        'prepare the data set done: 30 labelled, 300 unlabelled images',
        'compare done: 30 labelled images with 300 real ones',
      ]);
      await server.replay('gap');
    });
  });

  test('gap compares with the real images of the configuration', async () => {
    const { activities, inputs } = notedActivities();
    await withWorkflows(activities, async (server) => {
      const real = { format: 'folder', path: '/real' } as const;
      const { realDataset } = await (await startStubRun(server, 'gap', 'real', { real })).result();
      assert.equal(realDataset.contentHash, 'fedcba9876543210');
      assert.equal(inputs('measureGap')[0]?.real?.contentHash, 'fedcba9876543210');
    });
  });

  test('a report has the class order of the model', async () => {
    const classes = ['coat', 'bag', 'boot'];
    const { activities } = notedActivities({
      openModel: ({ reference }) => ({ ...openedModel(reference), classes }),
    });
    await withWorkflows(activities, async (server) => {
      for (const method of ['gap', 'label-next', 'evaluate'] as const) {
        const { classNames, dataset } = await (await startStubRun(server, method, method)).result();
        assert.deepEqual([classNames, dataset.classNumbers], [classes, [1, 2, 0]]);
      }
    });
  });

  test('label-next reports how many images it chose, and where their list is', async () => {
    const { activities, names } = notedActivities();
    await withWorkflows(activities, async (server) => {
      const report = await (await startStubRun(server, 'label-next', 'next', { count: 10 })).result();
      assert.equal(report.summary, 'The 10 most useful of 300 unlabelled images to label, by badge.');
      assert.equal(report.chosenKey, 'runs/next/label-next');
      assert.deepEqual(names(), ['openModel', 'prepareDataset', 'chooseImages', 'writeReport']);
    });
  });

  test('evaluate measures a model on a split', async () => {
    const { activities, inputs } = notedActivities();
    await withWorkflows(activities, async (server) => {
      const run = await startStubRun(server, 'evaluate', 'measured', { split: 'validation' });
      const report = await run.result();
      assert.equal(
        report.summary,
        'clothes classifies 80.00% of 100 validation images correctly; calibration error 5.00%, calibrated 2.00%.',
      );
      assert.equal(report.evaluationKey, 'runs/measured/model/evaluation-validation');
      assert.equal(inputs('evaluateModel')[0]?.split, 'validation');
      assert.equal((await run.attributes()).accuracy, undefined);
    });
  });

  test('robustness measures all models on the same pictures, clean ones first', async () => {
    const { activities, names, inputs } = notedActivities();
    await withWorkflows(activities, async (server) => {
      const run = await startStubRun(server, 'robustness', 'robust', {
        models: ['clothes', 'clothes@2'],
        baseline: 'clothes@2',
        corruptions: ['contrast', 'jpeg'],
        severities: [1, 3],
      });
      const report = await run.result();
      assert.deepEqual(
        inputs('openModel').map(({ reference, field }) => [reference, field]),
        [
          ['clothes@2', 'models[1]'],
          ['clothes', 'models[0]'],
        ],
        'the baseline first, each model once',
      );
      assert.deepEqual(
        inputs('measureRobustness')
          .map(({ corruption }) => corruption)
          .slice(0, 2),
        [undefined, undefined],
      );
      assert.equal(names().filter((name) => name === 'measureRobustness').length, 6);
      assert.deepEqual(
        report.models[0]?.corrupted.map(({ corruption, severity }) => `${corruption} ${severity}`),
        ['contrast 1', 'contrast 3', 'jpeg 1', 'jpeg 3'],
      );
      assert.deepEqual(stageLines((await run.progress()).stages).slice(3), [
        'clean pictures done: 90.0%, 90.0%',
        'contrast done: 70.0%, 70.0%',
        'jpeg done: 70.0%, 70.0%',
      ]);
    });
  });

  test('transfer keeps the head if fine-tuning fails, and compares with training from scratch', async () => {
    const { activities, inputs } = notedActivities({
      trainModel: (input) => {
        if (input.plan.name === 'fine-tune') throw ApplicationFailure.nonRetryable('loss: received NaN');
        return STUBS.trainModel(input);
      },
    });
    await withWorkflows(activities, async (server) => {
      const run = await startStubRun(server, 'transfer', 'moved', { compareWithScratch: true });
      const report = await run.result();
      assert.deepEqual(
        [report.choice.mode, report.version, report.results.map(({ way }) => way)],
        ['head', 1, ['head', 'scratch']],
      );
      assert.match(report.choice.reason, /fine-tuning failed \(loss: received NaN\): the head is kept/);
      assert.equal(inputs('promote')[0]?.model.modelKey, 'runs/stub/head/model');
      assert.equal(report.results[1]?.test?.accuracy, 0.75);
    });
  });

  test('a model that does not suit the data fails the run with the activity’s message', async () => {
    const { activities } = notedActivities({
      prepareDataset: () => DATASET,
      evaluateModel: () => {
        throw ApplicationFailure.nonRetryable('model: received other classes', 'ModelError');
      },
    });
    await withWorkflows(activities, async (server) => {
      const run = await startStubRun(server, 'evaluate', 'unsuited');
      await assert.rejects(run.result(), ({ cause }: Error) =>
        /other classes/.test(((cause as Error).cause as Error).message),
      );
      assert.equal(stageLines((await run.progress()).stages).at(-1), 'measure on test failed');
    });
  });

  test('an activity without a stub fails its run at once', async () => {
    const { measureGap: _, ...activities } = notedActivities().activities;
    await withWorkflows(activities, async (server) => {
      const run = await startStubRun(server, 'gap', 'unstubbed');
      await assert.rejects(run.result(), ({ cause }: Error) =>
        /call of measureGap/.test(((cause as Error).cause as Error).message),
      );
    });
  });
});
