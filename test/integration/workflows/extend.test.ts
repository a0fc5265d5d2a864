import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ApplicationFailure } from '@temporalio/common';
import { notedActivities, reigningModel, STUBS } from '../../support/stub-activities.js';
import { stageLines, startStubRun } from '../../support/stub-runs.js';
import { withWorkflows } from '../../support/workflow-tests.js';

const old = { labelled: { format: 'class-folders', path: '/old' } } as const;

describe('extend', { concurrency: true }, () => {
  test('a model is compared with the champion and promoted by both tasks', async () => {
    const { activities, inputs, names } = notedActivities({ findReigning: () => reigningModel(4) });
    await withWorkflows(activities, async (server) => {
      const run = await startStubRun(server, 'extend', 'both', { old });
      const report = await run.result();
      assert.deepEqual(
        [report.version, report.reigning?.version, report.results.map(({ name }) => name)],
        [1, 4, ['retention', 'fine-tuning', 'head-only', 'joint']],
      );
      assert.deepEqual(report.results[0]?.validation.forgetting, { within: 0, overall: 0 });
      const [judged] = inputs('judge');
      assert.equal(judged?.secondDataset?.splitKey, 'runs/stub/old/split');
      assert.equal(
        judged?.challenger.validationPredictionsKey,
        'runs/both/challenger/predictions-validation',
      );
      assert.equal(inputs('measureReigning')[0]?.secondDataset?.splitKey, 'runs/stub/old/split');
      assert.equal(inputs('measureModel')[0]?.secondDataset?.splitKey, 'runs/stub/old/split');
      assert.equal(inputs('promote')[0]?.comparedVersion, 4);
      assert.equal(inputs('trainModel').length, 4);
      assert.equal(names().at(-1), 'writeReport', 'the comparisons end before');
      const lines = stageLines((await run.progress()).stages);
      assert(lines.includes('measure the old model done: old 90.0%'), lines.join('\n'));
      assert(lines.includes('measure: learn without forgetting done: new 90.0%, old 90.0%'));
      await server.replay('both');
    });
  });

  test('without old pictures the old classes count for nobody in the comparison', async () => {
    const { activities, inputs } = notedActivities({ findReigning: () => reigningModel(4) });
    await withWorkflows(activities, async (server) => {
      const run = await startStubRun(server, 'extend', 'alone', { compare: [] });
      const report = await run.result();
      assert.equal(inputs('judge')[0]?.unseenClasses, 2);
      assert.equal(inputs('measureModel').length, 0);
      assert.deepEqual(
        [report.results.length, report.before, report.oldClasses],
        [1, undefined, ['dress', 'shirt']],
      );
    });
  });

  test('a comparison that fails is reported, and the extended model stands', async () => {
    const { activities } = notedActivities({
      trainModel: (input) => {
        if (input.plan.name === 'fine-tuning') throw ApplicationFailure.nonRetryable('loss: received NaN');
        return STUBS.trainModel(input);
      },
    });
    await withWorkflows(activities, async (server) => {
      const run = await startStubRun(server, 'extend', 'diverged');
      const { failed, version, results } = await run.result();
      assert.deepEqual(failed, [{ name: 'fine-tuning', reason: 'loss: received NaN' }]);
      assert.deepEqual([version, results.map(({ name }) => name)], [1, ['retention', 'head-only']]);
      const { status, stages } = await run.progress();
      assert.equal(status, 'completed');
      assert(stageLines(stages).includes('fine-tune, to compare failed'));
    });
  });

  test('if the extended model itself fails, the run fails', async () => {
    const { activities } = notedActivities({
      trainModel: (input) => {
        if (input.plan.name === 'retention') throw ApplicationFailure.nonRetryable('loss: received NaN');
        return STUBS.trainModel(input);
      },
    });
    await withWorkflows(activities, async (server) => {
      const run = await startStubRun(server, 'extend', 'lost');
      await assert.rejects(run.result());
      assert.equal((await run.progress()).status, 'failed');
    });
  });
});
