import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { findReigning } from '../../../activities/find-reigning.js';
import { promote } from '../../../activities/promote.js';
import { openStore } from '../../../storage/open-store.js';
import { history, versions } from '../../../storage/registry.js';
import { notedActivities, reigningModel, STUBS, verdictOf } from '../../support/stub-activities.js';
import { startStubRun, until } from '../../support/stub-runs.js';
import { withWorkflows } from '../../support/workflow-tests.js';

describe('a run and the line of the registry', { concurrency: true }, () => {
  test('a model that beats the champion of another run enters the registry', async () => {
    const { activities, inputs } = notedActivities({ findReigning: () => reigningModel(4) });
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
      findReigning: () => reigningModel(4),
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
      findReigning: () => reigningModel(champion),
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
    const { activities, names, inputs } = notedActivities({ findReigning: () => reigningModel(4) });
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
});
