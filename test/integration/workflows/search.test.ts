import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { ApplicationFailure } from '@temporalio/common';
import { notedActivities, STUBS, untilCancelled } from '../../support/stub-activities.js';
import { stageLines, startStubRun, until } from '../../support/stub-runs.js';
import { type WorkflowTest, withWorkflows } from '../../support/workflow-tests.js';

async function askedToEnd(server: WorkflowTest, workflowId: string): Promise<boolean> {
  const { events } = await server.history(workflowId);
  return events!.some((event) => event.workflowExecutionCancelRequestedEventAttributes != null);
}

describe('search', { concurrency: true }, () => {
  test('each rung trains the surviving trials further, and the report names the best', async () => {
    const { activities, inputs } = notedActivities();
    await withWorkflows(activities, async (server) => {
      const run = await startStubRun(server, 'search', 'whole');
      const report = await run.result();
      assert.equal(report.best.trial, 4);
      assert.equal(report.test?.best.accuracy, 0.75);
      const { stages, details, children } = await run.progress();
      assert.deepEqual(stageLines(stages), [
        'prepare the data set done: 30 labelled, 300 unlabelled images',
        'rung 1 of 2: 5 trials to step 10 done: best 74.00% (4 operations)',
        'rung 2 of 2: 2 trials to step 20 done: best 74.00% (4 operations)',
        'measure trial 4 on test done',
        'measure trial 0 on test done',
      ]);
      assert.deepEqual(
        details?.records.map(({ survivors }) => survivors),
        [[3, 4], [4]],
      );
      assert.deepEqual([details?.running, children], [[], []]);
      const stops = inputs('trainModel').map(({ plan }) => `${plan.name} to ${plan.stopAt}`);
      assert.deepEqual(stops.sort(), [
        ...['trial-0 to 10', 'trial-1 to 10', 'trial-2 to 10'],
        ...['trial-3 to 10', 'trial-3 to 20', 'trial-4 to 10', 'trial-4 to 20'],
      ]);
      await server.replay('whole');
      await server.replay('whole/trial-3');
    });
  });

  test('a trial that is cancelled is out, and the search goes on', async () => {
    const { activities, inputs } = notedActivities({
      trainModel: (input) => (input.plan.name === 'trial-4' ? untilCancelled() : STUBS.trainModel(input)),
    });
    await withWorkflows(activities, async (server) => {
      const run = await startStubRun(server, 'search', 'fewer');
      await run.until(({ details }) => details?.running.join() === '4');
      await server.client.workflow.getHandle('fewer/trial-4').cancel();
      assert.equal((await run.result()).best.trial, 3);
      assert.deepEqual(
        inputs('closeRung')[0]?.results.find(({ trial }) => trial === 4),
        { trial: 4, end: 'cancelled', reason: 'it was cancelled' },
      );
    });
  });

  test('a trial that fails is out; one whose id is taken by an earlier start waits until that has ended', async () => {
    const { activities, inputs } = notedActivities({
      trainModel: (input) => {
        if (input.plan.name === 'trial-4') throw ApplicationFailure.nonRetryable('loss: received NaN');
        return STUBS.trainModel(input);
      },
    });
    await withWorkflows(activities, async (server) => {
      // As a trial would be that is still at work since the search was reset.
      const atWork = await server.client.workflow.start('atWork', {
        taskQueue: 'nowhere',
        workflowId: 'taken/trial-2',
      });
      const run = await startStubRun(server, 'search', 'taken', { parallel: 2 });
      await until(() => askedToEnd(server, 'taken/trial-2'));
      await run.until(({ details }) => details?.current.length === 4);
      await atWork.terminate();
      assert.equal((await run.result()).best.trial, 3);
      const reasons = inputs('closeRung')[0]!.results.flatMap((result) =>
        'end' in result ? [[result.trial, result.end, result.reason]] : [],
      );
      assert.deepEqual(reasons, [[4, 'failed', 'loss: received NaN']]);
    });
  });

  test('a terminated search that starts anew at once waits for the trials that still save', async () => {
    let held = 0;
    let saving = 0;
    const { activities, calls } = notedActivities({
      trainModel: async (input) => {
        if (input.plan.name !== 'trial-0') return STUBS.trainModel(input);
        assert.equal(saving, 0, 'it began while the other was saving');
        if (held++ > 0) return STUBS.trainModel(input);
        return untilCancelled(0).catch(async (error) => {
          saving++;
          await sleep(1500);
          saving--;
          throw error;
        });
      },
    });
    await withWorkflows(activities, async (server) => {
      await startStubRun(server, 'search', 'anew');
      await until(() => held === 1);
      await server.client.workflow.getHandle('anew').terminate('lost machine');
      const run = await startStubRun(server, 'search', 'anew');
      assert.equal((await run.result()).best.trial, 4);
      assert.deepEqual([held, calls.filter(({ end }) => end === 'cancelled').length], [2, 1]);
    });
  });

  test('a search whose trials all fail fails, with the first reason', async () => {
    const { activities } = notedActivities({
      trainModel: () => {
        throw ApplicationFailure.nonRetryable('loss: received NaN');
      },
    });
    await withWorkflows(activities, async (server) => {
      const run = await startStubRun(server, 'search', 'lost');
      await assert.rejects(run.result(), ({ cause }: Error) =>
        /every trial of the search failed, the first: loss: received NaN/.test((cause as Error).message),
      );
      assert.equal((await run.progress()).status, 'failed');
    });
  });

  test('a search with a long history continues in a new one, with as many trials at once, none twice', async () => {
    let now = 0;
    let most = 0;
    const { activities, inputs } = notedActivities({
      trainModel: async (input) => {
        most = Math.max(most, ++now);
        await new Promise((resolve) => setTimeout(resolve, 50));
        now--;
        return STUBS.trainModel(input);
      },
    });
    await withWorkflows(activities, async (server) => {
      const options = { continueAsNewAfterEvents: 30 };
      const run = await startStubRun(server, 'search', 'parts', { parallel: 2 }, options);
      assert.equal((await run.result()).best.trial, 4);
      assert.deepEqual([inputs('trainModel').length, most], [7, 2]);
      const executions: string[] = [];
      for await (const { runId } of server.client.workflow.list({ query: 'WorkflowId = "parts"' }))
        executions.push(runId);
      assert(executions.length > 1, 'it really continued');
      for (const execution of executions) await server.replay('parts', execution);
    });
  });

  test('pause and resume reach all trials in training; a cancelled search waits for them', async () => {
    let isHeld = true;
    const { activities, calls } = notedActivities({
      trainModel: (input) => (isHeld ? untilCancelled(50) : STUBS.trainModel(input)),
    });
    const ended = () => calls.filter(({ end }) => end === 'cancelled').length;
    await withWorkflows(activities, async (server) => {
      const run = await startStubRun(server, 'search', 'paused', { parallel: 2 });
      const inTraining = () => calls.filter(({ name, end }) => name === 'trainModel' && !end).length;
      await until(() => inTraining() === 2);
      await run.pause();
      await until(() => ended() === 2);
      assert.equal((await run.progress()).status, 'paused');
      await run.resume();
      await until(() => inTraining() === 2);
      await run.cancel();
      await assert.rejects(run.result());
      assert.equal(ended(), 4);
      assert.equal((await run.progress()).status, 'cancelled');
      isHeld = false;
    });
  });
});
