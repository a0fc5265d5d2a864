import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ApplicationFailure } from '@temporalio/common';
import type { Stage } from '../../../domain/run.js';
import { DATASET, notedActivities, STUBS, untilCancelled } from '../../support/stub-activities.js';
import { stageLines, startStubRun, until } from '../../support/stub-runs.js';
import { type WorkflowHistory, withWorkflows } from '../../support/workflow-tests.js';

const withUnlabelled = (unlabelled: number) => ({
  prepareDataset: () => ({ ...DATASET, counts: { ...DATASET.counts, unlabelled } }),
});

describe('long runs', { concurrency: true }, () => {
  test('a long history is continued in a new one with all that the run has done', async () => {
    const { activities, names } = notedActivities();
    await withWorkflows(activities, async (server) => {
      const config = { generations: 1, teacher: { from: 'known' } };
      const whole = await startStubRun(server, 'self-training', 'whole', config);
      const expected = await whole.result();
      const ofWhole = names().length;
      const options = { continueAsNewAfterEvents: 5 };
      const run = await startStubRun(server, 'self-training', 'parts', config, options);
      const report = await run.result();

      assert.deepEqual(report.startedFrom, expected.startedFrom);
      const results = ({ generations }: typeof report) =>
        generations.map(({ generation, promoted, version, model, test: onTest }) => [
          ...[generation, promoted, version, onTest?.accuracy],
          model.validation.accuracy,
        ]);
      assert.deepEqual(results(report), results(expected));
      assert.equal(names().length, 2 * ofWhole, 'no activity is called again');
      const [{ stages }, { stages: ofOne }] = [await run.progress(), await whole.progress()];
      assert.deepEqual(stageLines(stages), stageLines(ofOne));
      assert.equal((await run.progress()).startedAt, report.startedAt);

      const executions: string[] = [];
      for await (const { runId } of server.client.workflow.list({ query: 'WorkflowId = "parts"' }))
        executions.push(runId);
      assert(executions.length > 1, 'it really continued');
      for (const execution of executions) await server.replay('parts', execution);
    });
  });

  test('a run that is paused when it continues as new stays paused', async () => {
    let release = () => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    const { activities, inputs } = notedActivities({
      promote: async (input) => {
        await held;
        return STUBS.promote(input);
      },
    });
    await withWorkflows(activities, async (server) => {
      const run = await startStubRun(
        server,
        'self-training',
        'paused',
        { generations: 1 },
        { continueAsNewAfterEvents: 5 },
      );
      await until(() => inputs('promote').length === 1);
      await run.pause();
      release();
      const isContinued = (stages: readonly Stage[]) => stages.at(-1)?.name === 'student 1';
      const { status } = await run.until(({ stages }) => isContinued(stages));
      assert.equal(status, 'paused');
      assert.equal(inputs('pseudoLabelShard').length, 0);
      await run.resume();
      assert.equal((await run.result()).generations.length, 2);
    });
  });

  test('a thousand shards are labelled, at most 64 at once, with few reports to the run', async () => {
    const { activities, inputs } = notedActivities(withUnlabelled(1_500_000));
    await withWorkflows(activities, async (server) => {
      const run = await startStubRun(server, 'self-training', 'many', {
        generations: 1,
        pseudoLabels: { shardSize: 1000 },
      });
      const { generations } = await run.result();
      assert.equal(generations[1]?.pseudoLabels?.images, 1_500_000);
      assert.equal(inputs('pseudoLabelShard').length, 1000);
      assert.equal(mostAtOnce(await server.history('many/generation-1')), 64);
      const { events } = await server.history('many');
      const signals = events?.filter((event) => event.workflowExecutionSignaledEventAttributes).length;
      assert(signals! < 30, `${signals} signals`);
      const places = inputs('selectPseudoLabels')[0]!.shards.map(({ first }) => first);
      assert.deepEqual(
        places,
        [...places].sort((a, b) => a - b),
        'in the order of the images',
      );
    });
  });

  test('a shard that fails cancels the others, and the run fails', async () => {
    const { activities, calls } = notedActivities({
      pseudoLabelShard: async ({ first }) => {
        if (first !== 200) return untilCancelled();
        await until(() => calls.filter(({ name }) => name === 'pseudoLabelShard').length === 3);
        throw ApplicationFailure.nonRetryable('pictures: received none');
      },
    });
    await withWorkflows(activities, async (server) => {
      const run = await startStubRun(server, 'self-training', 'lost', {
        generations: 1,
        pseudoLabels: { shardSize: 100 },
      });
      await assert.rejects(run.result());
      const ends = calls.filter(({ name }) => name === 'pseudoLabelShard').map(({ end }) => end);
      assert.deepEqual(ends.sort(), ['cancelled', 'cancelled', 'failed']);
      const { status, stages } = await run.progress();
      assert.deepEqual(
        [status, stageLines(stages).at(-1)],
        ['failed', 'student 1 failed [pseudo-labels failed]'],
      );
    });
  });
});

/** Most activities that a workflow has called and that have not ended. */
function mostAtOnce({ events }: WorkflowHistory): number {
  let now = 0;
  let most = 0;
  for (const event of events ?? []) {
    if (event.activityTaskScheduledEventAttributes) most = Math.max(most, ++now);
    if (event.activityTaskCompletedEventAttributes) now--;
  }
  return most;
}
