import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ApplicationFailure } from '@temporalio/common';
import { DataError } from '../../../domain/errors.js';
import {
  notedActivities,
  STUBS,
  type Stubs,
  untilCancelled,
  verdictOf,
} from '../../support/stub-activities.js';
import { type StubRun, stageLines, startStubRun, until } from '../../support/stub-runs.js';
import { withWorkflows } from '../../support/workflow-tests.js';

/** The first training of a student runs until it is cancelled. */
function heldTraining(checkpointMs = 0): Stubs {
  let held = 0;
  return {
    trainModel: (input) =>
      input.plan.name === 'generation-1' && held++ === 0
        ? untilCancelled(checkpointMs)
        : STUBS.trainModel(input),
  };
}

const isAwaiting = ({ status }: { status: string }) => status === 'awaiting-approval';
const untilAsked = (run: StubRun<'self-training'>, about: string) =>
  run.until((progress) => isAwaiting(progress) && progress.question?.about === about);

describe('steering a run', { concurrency: true }, () => {
  test('planned hand-overs use up no attempts', async () => {
    let calls = 0;
    const { activities } = notedActivities({
      trainModel: (input) => {
        if (++calls <= 4) throw ApplicationFailure.nonRetryable('this trainer ends', 'HandedOverError');
        return STUBS.trainModel(input);
      },
    });
    await withWorkflows(activities, async (server) => {
      const run = await startStubRun(server, 'self-training', 'handed-over', {
        generations: 0,
        execution: { attempts: 1 },
      });
      await run.result();
      assert.equal(calls, 5);
      await server.replay('handed-over');
    });
  });

  test('a pause cancels the training, and resuming calls it again', async () => {
    const { activities, calls, inputs } = notedActivities(heldTraining());
    await withWorkflows(activities, async (server) => {
      const run = await startStubRun(server, 'self-training', 'paused', { generations: 1 });
      const training = await run.until(({ stages }) =>
        stageLines(stages).at(-1)!.endsWith('training running]'),
      );
      assert.deepEqual(training.children, [`paused/generation-${training.details?.current?.generation}`]);
      await until(() => inputs('trainModel').length === 2);
      await run.pause();
      await until(() => calls.some(({ end }) => end === 'cancelled'));
      const { status, paused } = await run.until((progress) => progress.paused);
      assert.deepEqual([status, paused, (await run.attributes()).status], ['paused', true, 'paused']);

      await run.resume();
      const { generations } = await run.result();
      assert.equal(generations.length, 2);
      const [, first, second, ...more] = inputs('trainModel');
      assert.deepEqual(first, second, 'the same training continues');
      assert.equal(more.length, 0);
      assert.equal((await run.progress()).paused, false);
      await server.replay('paused');
      await server.replay('paused/generation-1');
    });
  });

  test('a pause cancels all shards in progress, and begins no more', async () => {
    let isHeld = true;
    const { activities, calls, inputs } = notedActivities({
      pseudoLabelShard: (input) => (isHeld ? untilCancelled() : STUBS.pseudoLabelShard(input)),
    });
    await withWorkflows(activities, async (server) => {
      const run = await startStubRun(server, 'self-training', 'shards', {
        generations: 1,
        pseudoLabels: { shardSize: 100 },
      });
      await until(() => inputs('pseudoLabelShard').length === 3);
      await run.pause();
      await until(() => calls.filter(({ end }) => end === 'cancelled').length === 3);
      isHeld = false;
      await run.resume();
      const { generations } = await run.result();
      assert.equal(generations[1]?.pseudoLabels?.images, 300);
      assert.equal(inputs('pseudoLabelShard').length, 6);
    });
  });

  test('a run that is paused before it begins calls no trainer until it is resumed', async () => {
    const { activities, names } = notedActivities();
    await withWorkflows(activities, async (server) => {
      const run = await startStubRun(server, 'evaluate', 'early', {}, { paused: true });
      const { stages } = await run.until(({ status }) => status === 'paused');
      assert.deepEqual([stageLines(stages), names()], [['open clothes running'], []]);
      await run.resume();
      await run.result();
      assert.deepEqual(names(), ['openModel', 'prepareDataset', 'evaluateModel', 'writeReport']);
    });
  });

  test('a cancelled run waits for the checkpoint of its training', async () => {
    const { activities, calls } = notedActivities(heldTraining(300));
    await withWorkflows(activities, async (server) => {
      const run = await startStubRun(server, 'self-training', 'cancelled', { generations: 1 });
      await until(() => calls.filter(({ name }) => name === 'trainModel').length === 2);
      await run.cancel();
      await assert.rejects(run.result(), ({ cause }: Error) => (cause as Error).name === 'CancelledFailure');
      assert.equal(calls.at(-1)?.end, 'cancelled', 'it has ended before the run');
      const { status, stages } = await run.progress();
      assert.equal(status, 'cancelled');
      assert.equal(stageLines(stages).at(-1), 'student 1 stopped [pseudo-labels done, training stopped]');
      assert.equal((await run.attributes()).status, 'cancelled');
      await server.replay('cancelled');
    });
  });

  test('a paused run can be cancelled', async () => {
    const { activities, calls } = notedActivities(heldTraining());
    await withWorkflows(activities, async (server) => {
      const run = await startStubRun(server, 'self-training', 'both', { generations: 1 });
      await until(() => calls.filter(({ name }) => name === 'trainModel').length === 2);
      await run.pause();
      await until(() => calls.at(-1)?.end === 'cancelled');
      await run.cancel();
      await assert.rejects(run.result());
      assert.equal((await run.progress()).status, 'cancelled');
    });
  });

  test('with gate.approval: always a person approves or rejects each student', async () => {
    const { activities, inputs } = notedActivities();
    await withWorkflows(activities, async (server) => {
      const run = await startStubRun(server, 'self-training', 'asked', { gate: { approval: 'always' } });
      const asked = await untilAsked(run, 'student 1');
      assert.equal(asked.question?.verdict?.passes, true, 'the evidence is shown with the question');
      assert.equal(asked.stages.at(-1)?.parts?.at(-1)?.name, 'decision');
      assert.equal((await run.attributes()).status, 'awaiting-approval');

      await assert.rejects(run.decide({ about: 'student 2' }), causedBy(/expected one on student 1/));
      await assert.rejects(run.decide({ by: ' ' }), causedBy(/by: received/));
      await assert.rejects(run.decide({ promote: 'yes' as never }), causedBy(/promote: received yes/));
      await run.decide({});
      await untilAsked(run, 'student 2');
      await assert.rejects(run.decide({}), causedBy(/expected one on student 2/));
      await run.decide({ about: 'student 2', promote: false, by: 'Grace', reason: 'too like the first' });

      const { generations, version } = await run.result();
      assert.deepEqual(
        generations.map(({ promoted, decision }) => [promoted, decision?.by]),
        [
          [true, undefined],
          [true, 'Ada'],
          [false, 'Grace'],
        ],
      );
      assert.equal(version, 2);
      assert.deepEqual(
        inputs('promote').map(({ by, reason, comparedVersion }) => [by, reason, comparedVersion]),
        [
          ['gate', undefined, null],
          ['Ada', 'looks right', undefined],
        ],
        'a person’s decision replaces any champion',
      );
    });
  });

  test('a decision is refused if no question is open', async () => {
    const { activities } = notedActivities(heldTraining());
    await withWorkflows(activities, async (server) => {
      const run = await startStubRun(server, 'self-training', 'unasked', { generations: 1 });
      await assert.rejects(run.decide({}), causedBy(/no question is open/));
      await run.cancel();
      await assert.rejects(run.result());
    });
  });

  test('with gate.otherwise: ask a person decides on a student that does not pass', async () => {
    const { activities } = notedActivities({ judge: () => verdictOf(false) });
    await withWorkflows(activities, async (server) => {
      const run = await startStubRun(server, 'self-training', 'doubtful', {
        generations: 1,
        gate: { otherwise: 'ask' },
      });
      const { question } = await untilAsked(run, 'student 1');
      assert.equal(question?.verdict?.passes, false);
      await run.decide({ reason: 'the classes that count are better' });
      const { version, generations } = await run.result();
      assert.deepEqual([version, generations[1]?.promoted], [2, true]);
    });
  });

  test('a run that waits for a decision can be cancelled', async () => {
    const { activities, names } = notedActivities();
    await withWorkflows(activities, async (server) => {
      const run = await startStubRun(server, 'self-training', 'waiting', { gate: { approval: 'always' } });
      await untilAsked(run, 'student 1');
      await run.cancel();
      await assert.rejects(run.result());
      assert.equal((await run.progress()).status, 'cancelled');
      assert.equal(names().filter((name) => name === 'promote').length, 1, 'of the teacher');
    });
  });

  test('a run whose activity fails shows the failed stage', async () => {
    const { activities, inputs } = notedActivities({
      prepareDataset: () => {
        throw new DataError('data.labelled: received no pictures');
      },
    });
    await withWorkflows(activities, async (server) => {
      const run = await startStubRun(server, 'self-training', 'failed');
      await assert.rejects(run.result());
      const { status, stages } = await run.progress();
      assert.deepEqual([status, stageLines(stages)], ['failed', ['prepare the data set failed']]);
      assert.equal((await run.attributes()).status, 'failed');
      assert.equal(inputs('prepareDataset').length, 1, 'a data error is not tried again');
    });
  });

  test('a terminated run leaves no training behind, and can be started again with its id', async () => {
    let held = 0;
    const { activities, calls, names } = notedActivities({
      trainModel: (input) =>
        input.plan.name === 'generation-1' && held++ === 0 ? untilCancelled(1000) : STUBS.trainModel(input),
    });
    await withWorkflows(activities, async (server) => {
      const { client } = server;
      await startStubRun(server, 'self-training', 'again', { generations: 1 });
      await until(() => names().filter((name) => name === 'trainModel').length === 2);
      await client.workflow.getHandle('again').terminate('lost machine');
      const before = names().length;
      const left = calls.at(-1);
      // At once: the child of the terminated run is still writing its checkpoint.
      const run = await startStubRun(server, 'self-training', 'again', { generations: 1 });
      assert.equal((await run.result()).generations.length, 2);
      assert.equal(left?.end, 'cancelled', 'it has written its checkpoint');
      assert.equal(names().length - before, 12, 'every activity is called again and finds its results');
    });
  });
});

function causedBy(message: RegExp) {
  return ({ cause }: Error) => message.test((cause as Error).message);
}
