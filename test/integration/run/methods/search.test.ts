import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import { readRunConfig } from '../../../../client/config-file.js';
import { type SearchReport, trialName } from '../../../../domain/methods/search.js';
import { childId } from '../../../../domain/protocol.js';
import { callApprentice } from '../../../support/call-apprentice.js';
import { smallSearch, untilSearch } from '../../../support/small-search.js';
import { execution, reportOf, resultOf, running, storeOf } from './shared.js';

describe('search', () => {
  let undisturbed: SearchReport;

  const configOf = () => ({ ...smallSearch(running), execution });

  before(async () => {
    undisturbed = await reportOf('search', configOf());
  });

  test('every policy is tried, the better ones for longer, the base to the end', async () => {
    const { stages } = await running.apprentice.run('search').progress();
    assert.deepEqual(
      stages.filter(({ name }) => name.startsWith('rung')).map(({ name }) => name),
      ['rung 1 of 2: 5 trials to step 10', 'rung 2 of 2: 3 trials to step 20'],
    );
    const { rungs, trials, best, steps, verdict, test: measured, summary } = undisturbed;
    assert.deepEqual(rungs, [
      { steps: 10, trials: 4 },
      { steps: 20, trials: 2 },
    ]);
    assert.deepEqual(
      trials.map(({ text }) => text),
      [
        'as training has it',
        'rand-augment 1 x 5',
        'rand-augment 1 x 25',
        'rand-augment 3 x 5',
        'rand-augment 3 x 25',
      ],
    );
    const reached = trials.map((trial) => trial.rungs.length);
    assert.equal(reached[0], 2);
    assert.deepEqual([...reached].sort(), [1, 1, 2, 2, 2]);
    const [first, second] = [0, 1].map((rung) => trials.slice(1).map((trial) => trial.rungs[rung]?.accuracy));
    const stopped = first!.filter((_, place) => second![place] === undefined) as number[];
    const gone = first!.filter((_, place) => second![place] !== undefined) as number[];
    assert.ok(Math.min(...gone) >= Math.max(...stopped));
    assert.equal(trials.find(({ end }) => end === 'best')?.trial, best.trial);
    assert.deepEqual(steps, { taken: 3 * 20 + 2 * 10, without: 5 * 20 });
    assert.equal(verdict === undefined, best.trial === 0);
    assert.equal(measured?.best.images, 100);
    assert.match(summary, /on validation/);
  });

  test('checkpoints and models of stopped trials are deleted, their measurements stay', async () => {
    const store = storeOf();
    for (const { trial, end } of undisturbed.trials) {
      const keys = await store.list(`runs/search/trial-${trial}/`);
      assert.deepEqual(
        keys.filter((key) => key.includes('/checkpoint/states/')),
        [],
      );
      const isKept = end === 'best' || trial === 0;
      assert.equal(
        keys.some((key) => key.includes('/model-')),
        isKept,
      );
      assert.ok(keys.some((key) => key.includes('/trained')));
    }
  });

  test('the best policy is a file that `run` accepts', async () => {
    const store = storeOf();
    const best = join(running.home, 'best.yaml');
    await writeFile(best, await store.read(undisturbed.bestKey));
    const own = join(running.home, 'run.yaml');
    await writeFile(
      own,
      JSON.stringify({ ...running.config, student: { steps: 3, augmentation: { mixup: 1 } } }),
    );
    const { student } = await readRunConfig(own, { others: [best], only: 'self-training' });
    assert.deepEqual(student.augmentation, undisturbed.best.augmentation);
    assert.equal(student.steps, 3);
  });

  test('a search whose processes are killed, and that continues as new, comes to the same', async () => {
    const options = { runId: 'search-killed', continueAsNewAfterEvents: 30 };
    const search = await running.apprentice.start(configOf(), options);
    await untilSearch(search, ({ current }) => current.length >= 1);
    process.kill(await running.pidOf('trainer-1'), 'SIGKILL');
    await untilSearch(search, ({ records, current }) => records.length > 0 || current.length >= 2);
    process.kill(await running.pidOf('orchestrator'), 'SIGKILL');
    const { trials, best } = await resultOf(search);
    assert.deepEqual(trials, undisturbed.trials);
    assert.deepEqual(best, undisturbed.best);
  });

  test('a trial that is cancelled is out, and the search continues', async () => {
    const search = await running.apprentice.start(configOf(), { runId: 'fewer' });
    await untilSearch(search, ({ running: trials }) => trials.includes(2));
    const { stdout } = await callApprentice(running.home, ['cancel', childId('fewer', trialName(2))]);
    assert.equal(stdout, 'fewer/trial-2: cancelling; the search continues without it.\n');
    const { trials } = await resultOf(search);
    assert.deepEqual(trials[2], {
      trial: 2,
      text: 'rand-augment 1 x 25',
      rungs: [],
      end: 'cancelled',
      reason: 'it was cancelled',
    });
    assert.equal(trials.filter(({ rungs }) => rungs.length === 2).length, 3);
  });
});
