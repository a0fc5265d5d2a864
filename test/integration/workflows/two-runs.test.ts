import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { findReigning } from '../../../activities/find-reigning.js';
import { promote } from '../../../activities/promote.js';
import { openStore } from '../../../storage/open-store.js';
import { history, versions } from '../../../storage/registry.js';
import { notedActivities, STUBS, untilCancelled } from '../../support/stub-activities.js';
import { startStubRun, until } from '../../support/stub-runs.js';
import { withWorkflows } from '../../support/workflow-tests.js';

describe('runs that share a line or an id', { concurrency: true }, () => {
  test('of two runs that promote at once, the second is compared with the first', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'apprentice-line-'));
    const store = openStore(folder);
    const context = { store } as Parameters<typeof findReigning>[1];
    const { activities, inputs } = notedActivities({
      trainModel: async (input) => {
        const model = STUBS.trainModel(input);
        await store.write(`${model.modelKey}/model.json`, new TextEncoder().encode('{}'));
        return model;
      },
      findReigning: (input) => findReigning(input, context),
      promote: async (input) => {
        // Both have found no champion before either promotes.
        await until(() => inputs('findReigning').length >= 2);
        return promote(input, context);
      },
    });
    try {
      await withWorkflows(activities, async (server) => {
        const runs = await Promise.all(['one', 'two'].map((runId) => startStubRun(server, 'distill', runId)));
        const reports = await Promise.all(runs.map((run) => run.result()));
        reports.sort((a, b) => a.version! - b.version!);
        assert.deepEqual(
          reports.map(({ version, reigning }) => [version, reigning?.version]),
          [
            [1, undefined],
            [2, 1],
          ],
        );
        const entered = await versions(store, 'clothes');
        assert.deepEqual(
          entered.map(({ version, runId }) => [version, runId]),
          reports.map(({ version, runId }) => [version, runId]),
        );
        const reasons = (await history(store, 'clothes')).map(({ reason }) => reason);
        assert.deepEqual(reasons, ['first of the line', 'gains 5.0 points']);
        const [first, second, third] = inputs('promote').map(({ comparedVersion }) => comparedVersion);
        assert.deepEqual([first, second, third], [null, null, 1]);
      });
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  test('a terminated run leaves no training behind, and can be started again with its id', async () => {
    let held = 0;
    const { activities, calls, names } = notedActivities({
      trainModel: (input) =>
        input.plan.name === 'generation-1' && held++ === 0 ? untilCancelled(100) : STUBS.trainModel(input),
    });
    await withWorkflows(activities, async (server) => {
      const { client } = server;
      await startStubRun(server, 'self-training', 'again', { generations: 1 });
      await until(() => names().filter((name) => name === 'trainModel').length === 2);
      await client.workflow.getHandle('again').terminate('lost machine');
      await assert.rejects(client.workflow.getHandle('again/generation-1').result(), /cancel/i);
      assert.equal(calls.at(-1)?.end, 'cancelled', 'it has written its checkpoint');

      const before = names().length;
      const run = await startStubRun(server, 'self-training', 'again', { generations: 1 });
      assert.equal((await run.result()).generations.length, 2);
      assert.equal(names().length - before, 12, 'every activity is called again and finds its results');
    });
  });
});
