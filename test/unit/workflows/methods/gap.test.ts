import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gapConfig } from '../../../../domain/config/methods/gap.js';
import {
  ORCHESTRATION_QUEUE,
  PAUSE_SIGNAL,
  PROGRESS_QUERY,
  RESUME_SIGNAL,
} from '../../../../domain/protocol.js';
import { type StubActivities, untilCancelled, withWorkflows } from '../../../support/workflow-tests.js';

const CONFIG = gapConfig.parse({
  name: 'gap',
  data: { labelled: { format: 'class-folders', path: '/pictures' } },
  model: 'clothes',
});
const MODEL = { reference: 'clothes', name: 'clothes@1', modelKey: 'm', weightsHash: 'w', outputs: 2 };
const DATASET = { contentHash: 'd', splitKey: 's', classes: ['bag', 'boot'] };
const FEATURES = {
  clean: { uncovered: 0.4, mmdSquared: 0.2, mmdPValue: 0.01 },
  reference: { uncovered: 0.1, mmdSquared: 0.01 },
  augmented: { mmdSquared: 0.1 },
};

/** Stubs of a gap report that note the order of their calls. */
function stubs(): { calls: string[]; activities: StubActivities } {
  const calls: string[] = [];
  const results: Record<string, unknown> = {
    openModel: { ...MODEL, parameters: 10, image: { height: 8, width: 8, channels: 1 }, fit: 'cover' },
    prepareDataset: { ...DATASET, counts: { labelled: 4, unlabelled: 8 } },
    measureGap: { training: 4, real: 8, features: FEATURES },
  };
  const activities: StubActivities = {
    ...Object.fromEntries(
      Object.entries(results).map(([name, result]) => [
        name,
        () => {
          calls.push(name);
          return result;
        },
      ]),
    ),
    writeMethodReport({ report }: { report: object }) {
      calls.push('writeMethodReport');
      return { ...report, reportKey: 'r' };
    },
  };
  return { calls, activities };
}

const start = { taskQueue: ORCHESTRATION_QUEUE, args: [{ config: CONFIG }] };

test('a gap report opens the model, reads the images, compares them and writes its report', async () => {
  const { calls, activities } = stubs();
  await withWorkflows(activities, async ({ client, history, replay }) => {
    const report = await client.workflow.execute('gap', { ...start, workflowId: 'a' });
    assert.deepEqual(calls, ['openModel', 'prepareDataset', 'measureGap', 'writeMethodReport']);
    assert.match(report.summary, /^40\.0% of the real images are far from any labelled one/);
    assert.equal(report.startedFrom[0].name, 'clothes@1');
    const { events } = await history('a');
    assert.ok(events?.some((event) => event.workflowExecutionCompletedEventAttributes));
    await replay('a');
  });
});

test('a gap report replays its history at every task with the same result', async () => {
  const { calls, activities } = stubs();
  await withWorkflows(
    activities,
    ({ client }) => client.workflow.execute('gap', { ...start, workflowId: 'a' }),
    { maxCachedWorkflows: 0 },
  );
  assert.equal(calls.length, 4, 'each activity ran once');
});

test('an activity without a stub fails its workflow at once', async () => {
  const { measureGap: _, ...activities } = stubs().activities;
  await withWorkflows(activities, ({ client }) =>
    assert.rejects(
      client.workflow.execute('gap', { ...start, workflowId: 'a' }),
      ({ cause }: { cause: { cause: Error } }) => /call of measureGap/.test(cause.cause.message),
    ),
  );
});

test('a pause stops the running activity, and resuming runs it again', async () => {
  const { activities } = stubs();
  let onStarted = () => {};
  const started = new Promise<void>((resolve) => {
    onStarted = resolve;
  });
  let runs = 0;
  const measureGap = (input: never) => {
    if (runs++ > 0) return activities['measureGap']!(input);
    onStarted();
    return untilCancelled();
  };
  await withWorkflows({ ...activities, measureGap }, async ({ client }) => {
    const handle = await client.workflow.start('gap', { ...start, workflowId: 'a' });
    await started;
    await handle.signal(PAUSE_SIGNAL);
    assert.equal((await handle.query<{ status: string }>(PROGRESS_QUERY)).status, 'paused');
    await handle.signal(RESUME_SIGNAL);
    await handle.result();
    assert.equal(runs, 2);
  });
});
