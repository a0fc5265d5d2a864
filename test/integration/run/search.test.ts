import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { Client, Connection } from '@temporalio/client';
import { readRunConfig } from '../../../client/config-file.js';
import { type SearchReport, trialWorkflowId } from '../../../domain/methods/search.js';
import { openStore } from '../../../storage/open-store.js';
import { callApprentice } from '../../support/call-apprentice.js';
import { logsOf, type RunningApprentice, startApprentice } from '../../support/running-apprentice.js';
import { smallSearch, untilSearch } from '../../support/small-search.js';

let running: RunningApprentice;
let undisturbed: SearchReport;

const configOf = () => smallSearch(running);

before(async () => {
  running = await startApprentice();
  const search = await running.apprentice.begin('search', configOf(), { runId: 'undisturbed' });
  undisturbed = await search.result().catch(async (error) => {
    throw new Error(await logsOf(running.home), { cause: error });
  });
});
after(() => running.close());

test('every policy is tried, the better ones for longer, the base to the end', async () => {
  const { stages } = await running.apprentice.method('undisturbed').progress();
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
  const came = trials.map((trial) => trial.rungs.length);
  assert.equal(came[0], 2);
  assert.deepEqual([...came].sort(), [1, 1, 2, 2, 2]);
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

test('checkpoints and models of those that were stopped are gone, what they were worth stays', async () => {
  const store = openStore(join(running.home, 'store'));
  for (const { trial, end } of undisturbed.trials) {
    const keys = await store.list(`runs/undisturbed/trial-${trial}/`);
    assert.deepEqual(
      keys.filter((key) => key.includes('/checkpoint/states/')),
      [],
    );
    const isKept = end === 'best' || trial === 0;
    assert.equal(
      keys.some((key) => key.includes('/model/')),
      isKept,
    );
    assert.ok(keys.some((key) => key.includes('/trained')));
  }
});

test('the best policy is a file that a run takes', async () => {
  const store = openStore(join(running.home, 'store'));
  const best = join(running.home, 'best.yaml');
  await writeFile(best, await store.read(undisturbed.bestKey));
  const own = join(running.home, 'run.yaml');
  await writeFile(
    own,
    JSON.stringify({ ...running.config, student: { steps: 3, augmentation: { mixup: 1 } } }),
  );
  const { student } = await readRunConfig(own, [], [best]);
  assert.deepEqual(student.augmentation, undisturbed.best.augmentation);
  assert.equal(student.steps, 3);
});

test('killed in the middle, paused, and continued as new, it comes to the same', async () => {
  const search = await running.apprentice.begin('search', configOf(), {
    runId: 'disturbed',
    continueAsNewAfterEvents: 30,
  });
  await untilSearch(search, ({ current }) => current.length >= 1);
  process.kill(await running.pidOf('trainer-1'), 'SIGKILL');
  await untilSearch(search, ({ records, current }) => records.length > 0 || current.length >= 2);
  process.kill(await running.pidOf('orchestrator'), 'SIGKILL');
  await search.pause();
  await search.resume();
  const { trials, best } = await search.result();
  assert.deepEqual(trials, undisturbed.trials);
  assert.deepEqual(best, undisturbed.best);
});

test('a trial that is cancelled is out, and the search goes on', async () => {
  const search = await running.apprentice.begin('search', configOf(), { runId: 'fewer' });
  await untilSearch(search, ({ running: trials }) => trials.includes(2));
  const { stdout } = await callApprentice(running.home, ['cancel', trialWorkflowId('fewer', 2)]);
  assert.equal(stdout, 'fewer/trial-2: cancelled; the search continues without it.\n');
  const { trials } = await search.result();
  assert.deepEqual(trials[2], {
    trial: 2,
    text: 'rand-augment 1 x 25',
    rungs: [],
    end: 'cancelled',
    reason: 'it was cancelled',
  });
  assert.equal(trials.filter(({ rungs }) => rungs.length === 2).length, 3);
});

test('a trial that can’t be started is out, and the search goes on', async () => {
  const { address } = running.apprentice;
  const connection = await Connection.connect({ address });
  // As a trial would be that is still at work since the search was reset.
  const { workflow } = new Client({ connection });
  const atWork = await workflow.start('atWork', {
    taskQueue: 'nowhere',
    workflowId: trialWorkflowId('taken', 2),
  });
  const search = await running.apprentice.begin('search', configOf(), { runId: 'taken' });
  const { trials } = await search.result();
  await atWork.terminate();
  await connection.close();
  assert.equal(trials[2]?.end, 'failed');
  assert.match(trials[2]?.reason ?? '', /already started/i);
  assert.equal(trials.filter(({ rungs }) => rungs.length === 2).length, 3);
});
