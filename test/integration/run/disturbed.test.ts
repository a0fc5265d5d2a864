import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { after, before, test } from 'node:test';
import type { Run } from '../../../client/run.js';
import type { RunReport } from '../../../domain/records.js';
import { generationKeys } from '../../../storage/keys.js';
import { openStore } from '../../../storage/open-store.js';
import {
  type ProcessName,
  type RunningApprentice,
  startApprentice,
  untilSnapshot,
  untilTraining,
} from '../../support/running-apprentice.js';

let running: RunningApprentice;
let undisturbed: RunReport;

before(async () => {
  running = await startApprentice();
  const run = await running.apprentice.start(running.config, { runId: 'undisturbed' });
  undisturbed = await run.result();
});
after(() => running.close());

const start = (runId: string) => running.apprentice.start(running.config, { runId });
const weights = ({ generations }: RunReport) => generations.map(({ model }) => model.weightsHash);
const accuracies = ({ generations }: RunReport) =>
  generations.map(({ test: measured }) => measured?.accuracy);

function assertUndisturbed(report: RunReport): void {
  assert.deepEqual(weights(report), weights(undisturbed));
  assert.deepEqual(accuracies(report), accuracies(undisturbed));
  assert.equal(new Set(weights(report)).size, 2);
}

/** The process in which a trainer runs its step. */
function childOf(trainer: number): number {
  const processes = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,command='], { encoding: 'utf8' });
  for (const line of processes.split('\n')) {
    const [, pid, parent, command] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
    if (Number(parent) === trainer && command?.includes('child.js')) return Number(pid);
  }
  throw new Error(`trainer ${trainer} runs no step`);
}

/** Meets the teacher's training and the student's in their middle. */
async function inEachTraining(run: Run, disturb: () => Promise<unknown>): Promise<RunReport> {
  for (const generation of [0, 1]) {
    await untilTraining(running.home, run.runId, generation);
    await disturb();
  }
  return run.result();
}

test('the process of the training killed in each training: the run ends by itself with the same weights', async () => {
  const report = await inEachTraining(await start('killed-training'), async () => {
    process.kill(childOf(await running.pidOf('trainer-1')), 'SIGKILL');
  });
  assertUndisturbed(report);
  assert.equal(running.startsOf('trainer-1'), 1);
});

for (const victim of ['trainer-1', 'orchestrator', 'temporal'] satisfies ProcessName[]) {
  test(`${victim} killed in each training: the run ends by itself with the same weights`, async () => {
    const startsBefore = running.startsOf(victim);
    const report = await inEachTraining(await start(`killed-${victim}`), async () => {
      process.kill(await running.pidOf(victim), 'SIGKILL');
    });
    assertUndisturbed(report);
    assert.equal(running.startsOf(victim), startsBefore + 2);
  });
}

test('a training that hangs is noticed by its silence, ended, and gone on with to the same weights', async () => {
  const run = await start('hung');
  const met = await untilTraining(running.home, run.runId, 0);
  const hung = childOf(await running.pidOf('trainer-1'));
  process.kill(hung, 'SIGSTOP');
  const { steps } = await untilSnapshot(run, (snapshot) =>
    snapshot.steps.some(({ attempt, checkpointStep }) => attempt === 2 && checkpointStep !== undefined),
  );
  assert((steps[0]?.checkpointStep ?? 0) >= met, JSON.stringify(steps));
  assert.throws(() => process.kill(hung, 0), { code: 'ESRCH' });
  assertUndisturbed(await run.result());
});

test('a trainer that is asked to end saves, and its successor goes on at once with the same weights', async () => {
  const run = await start('deployed');
  const met = await untilTraining(running.home, run.runId, 0);
  process.kill(await running.pidOf('trainer-1'), 'SIGTERM');
  const { steps } = await untilSnapshot(run, (snapshot) =>
    snapshot.steps.some(({ attempt, checkpointStep }) => attempt === 2 && checkpointStep !== undefined),
  );
  assert((steps[0]?.checkpointStep ?? 0) >= met, JSON.stringify(steps));
  assertUndisturbed(await run.result());
});

test('paused, a training saves and ends; resumed, it goes on to the same weights', async () => {
  const run = await start('paused');
  const report = await inEachTraining(run, async () => {
    await run.pause();
    const { progress } = await untilSnapshot(run, (look) => look.progress.paused && look.steps.length === 0);
    assert.equal(progress.status, 'paused');
    assert.equal(progress.current?.model, undefined, 'it was interrupted, not let go on to its end');
    assert.equal((await running.apprentice.list({ status: 'paused' }))[0]?.runId, run.runId);
    await run.resume();
  });
  assertUndisturbed(report);
});

test('cancelled, a training saves first and the run says so; started again, it goes on from there', async () => {
  const run = await start('cancelled');
  const met = await untilTraining(running.home, run.runId, 0);
  await run.cancel();
  const { outcome, progress } = await untilSnapshot(run, (snapshot) => snapshot.outcome !== undefined);
  assert.equal(outcome?.status, 'cancelled');
  assert.equal(progress.status, 'cancelled');
  const store = openStore(`${running.home}/store`);
  const saved = await store.list(`${generationKeys(run.runId, 0).checkpoints}/states/`);
  const last = Math.max(...saved.map((key) => Number(/step-(\d+)/.exec(key)?.[1])));
  assert(last >= met, `${last} of ${saved}`);
  await assert.rejects(run.result(), { name: 'RunCancelledError' });
  await assert.rejects(run.pause(), { name: 'RunEndedError' });
  await assert.rejects(run.cancel(), { name: 'RunEndedError' });

  const again = await start('cancelled');
  const { steps } = await untilSnapshot(again, ({ steps: [step] }) => step?.checkpointStep !== undefined);
  assert((steps[0]?.checkpointStep ?? 0) >= last, JSON.stringify(steps));
  assertUndisturbed(await again.result());
  const listed = (await running.apprentice.list()).filter(({ runId }) => runId === 'cancelled');
  assert.deepEqual(
    listed.map(({ status }) => status),
    ['completed'],
  );
});
