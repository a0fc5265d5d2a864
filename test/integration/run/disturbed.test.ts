import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Run } from '../../../client/run.js';
import type { SelfTrainingReport } from '../../../domain/methods/self-training.js';
import { generationKeys } from '../../../storage/keys.js';
import { openStore } from '../../../storage/open-store.js';
import {
  childOf,
  type ProcessName,
  type RunningApprentice,
  startApprentice,
  untilSnapshot,
  untilTraining,
} from '../../support/running-apprentice.js';

let running: RunningApprentice;
let undisturbed: SelfTrainingReport;

before(async () => {
  running = await startApprentice();
  const run = await running.apprentice.start(running.config, { runId: 'undisturbed' });
  undisturbed = await run.result();
});
after(() => running.close());

const start = (runId: string, options: { continueAsNewAfterEvents?: number } = {}) =>
  running.apprentice.start(running.config, { ...options, runId });
const weights = ({ generations }: SelfTrainingReport) => generations.map(({ model }) => model.weightsHash);
const accuracies = ({ generations }: SelfTrainingReport) =>
  generations.map(({ test: measured }) => measured?.accuracy);

function assertUndisturbed(report: SelfTrainingReport): void {
  assert.deepEqual(weights(report), weights(undisturbed));
  assert.deepEqual(accuracies(report), accuracies(undisturbed));
  assert.equal(new Set(weights(report)).size, 2);
}

/** Lets a process die, or end, in the middle of the teacher's training and of the student's, one after another. */
async function inEachTraining(
  run: Run<'self-training'>,
  disturbances: ReadonlyArray<() => Promise<unknown>>,
): Promise<SelfTrainingReport> {
  for (const generation of [0, 1]) {
    let reached = 0;
    for (const disturb of disturbances) {
      reached = await untilTraining(running.home, run.runId, generation, reached);
      await disturb();
    }
  }
  return run.result();
}

async function trainingProcess(): Promise<number> {
  const pid = childOf(await running.pidOf('trainer-1'));
  assert(pid, 'no training runs');
  return pid;
}

type Victim = ProcessName | 'training';

const pidOf = async (victim: Victim) => (victim === 'training' ? trainingProcess() : running.pidOf(victim));
const kill = async (victim: Victim) => process.kill(await pidOf(victim), 'SIGKILL');

for (const victims of [
  ['orchestrator', 'training'],
  ['trainer-1', 'temporal'],
] satisfies Victim[][]) {
  const names = victims.join(', then ');
  test(`${names} killed in each training: the run ends by itself with the same weights`, async () => {
    const processes = ['orchestrator', 'trainer-1', 'temporal'] as const;
    const startsBefore = processes.map((name) => running.startsOf(name));
    const run = await start(`killed-${victims.join('-')}`);
    const report = await inEachTraining(
      run,
      victims.map((victim) => () => kill(victim)),
    );
    assertUndisturbed(report);
    assert.deepEqual(
      processes.map((name, index) => running.startsOf(name) - startsBefore[index]!),
      processes.map((name) => (victims.some((victim) => victim === name) ? 2 : 0)),
    );
  });
}

test('a training that hangs is ended and continued; a trainer that is asked to end saves, and its successor continues', async () => {
  const run = await start('hung');
  const reached = await untilTraining(running.home, run.runId, 0);
  const hung = await trainingProcess();
  process.kill(hung, 'SIGSTOP');
  assert((await checkpointOf(run, { attempt: 2 })) >= reached);
  assert.throws(() => process.kill(hung, 0), { code: 'ESRCH' });

  const reachedByStudent = await untilTraining(running.home, run.runId, 1);
  const starts = running.startsOf('trainer-1');
  process.kill(await running.pidOf('trainer-1'), 'SIGTERM');
  // A planned hand-over uses up no attempt.
  const successor = { attempt: 1, isRunning: () => running.startsOf('trainer-1') > starts };
  assert((await checkpointOf(run, successor)) >= reachedByStudent);
  assertUndisturbed(await run.result());
});

/** The step from which an attempt at a training continues. */
async function checkpointOf(
  run: Run<'self-training'>,
  wanted: { readonly attempt: number; readonly isRunning?: () => boolean },
): Promise<number> {
  const { activities } = await untilSnapshot(
    run,
    (snapshot) =>
      (wanted.isRunning?.() ?? true) &&
      snapshot.activities.some(
        ({ attempt, checkpointStep }) => attempt === wanted.attempt && checkpointStep !== undefined,
      ),
  );
  return activities[0]?.checkpointStep ?? 0;
}

test('paused in a training and continued as new, a run comes to the same weights', async () => {
  const run = await start('paused', { continueAsNewAfterEvents: 5 });
  await untilTraining(running.home, run.runId, 1);
  await run.pause();
  const { progress } = await untilSnapshot(
    run,
    (snapshot) => snapshot.progress.paused && snapshot.activities.length === 0,
  );
  assert.equal(progress.status, 'paused');
  assert.equal(progress.details?.generations.length, 1, 'known from the history before');
  assert.equal(progress.details.current?.model, undefined, 'the training was interrupted');
  assert.equal((await running.apprentice.list({ status: 'paused' }))[0]?.runId, run.runId);
  await run.resume();
  const report = await run.result();
  assertUndisturbed(report);
  const listed = (await running.apprentice.list()).filter(({ runId }) => runId === 'paused');
  assert.deepEqual(
    listed.map(({ status }) => status),
    ['completed'],
  );
  assert(report.startedAt < listed[0]!.startedAt, 'the report has the start of the first part');
  assert.deepEqual(await run.report(), report);
});

test('pseudo-labels that are changed while a run is paused are refused by name; made anew, it ends as undisturbed', async () => {
  const run = await start('changed');
  await untilTraining(running.home, run.runId, 1);
  await run.pause();
  await untilSnapshot(run, ({ progress, activities }) => progress.paused && activities.length === 0);
  const store = openStore(`${running.home}/store`);
  const [key] = await store.list(`${generationKeys(run.runId, 1).pseudoLabels}-`);
  const bytes = Uint8Array.from(await store.read(key!));
  // Exchanges the targets of the first two images.
  const classes = 40;
  const targets = bytes.byteLength - 2 * classes;
  bytes.set(bytes.slice(targets, targets + classes), targets + classes);
  bytes.set((await store.read(key!)).slice(targets + classes), targets);
  await store.write(key!, bytes);
  await run.resume();
  await assert.rejects(run.result(), (error: Error) => {
    assert.equal(error.name, 'RunFailedError');
    return error.message.includes(`"${key}"`) && error.message.includes(`--id ${run.runId}`);
  });
  assert.equal((await run.snapshot()).outcome?.errorType, 'CorruptArtifactError');
  assertUndisturbed(await (await start('changed')).result());
});

test('cancelled, a training saves first; started again with other heartbeats and gates, it continues from there', async () => {
  const run = await start('cancelled');
  const reached = await untilTraining(running.home, run.runId, 0);
  await run.cancel();
  const { outcome, progress } = await untilSnapshot(run, (snapshot) => snapshot.outcome !== undefined);
  assert.equal(outcome?.status, 'cancelled');
  assert.equal(progress.status, 'cancelled');
  const last = await lastCheckpoint(run.runId);
  assert(last >= reached, `${last}`);
  await assert.rejects(run.result(), { name: 'RunCancelledError' });
  await assert.rejects(run.pause(), { name: 'RunEndedError' });
  await assert.rejects(run.cancel(), { name: 'RunEndedError' });

  const changed = {
    ...running.config,
    execution: { heartbeatSeconds: 300 },
    gate: { margin: 0.5, otherwise: 'continue', reigning: 'replace' },
  } as const;
  const again = await running.apprentice.start(changed, { runId: 'cancelled' });
  const { activities } = await untilSnapshot(
    again,
    ({ activities: [activity] }) => activity?.checkpointStep !== undefined,
  );
  assert((activities[0]?.checkpointStep ?? 0) >= last, JSON.stringify(activities));
  assertUndisturbed(await again.result());
  const listed = (await running.apprentice.list()).filter(({ runId }) => runId === 'cancelled');
  assert.deepEqual(
    listed.map(({ status }) => status),
    ['completed'],
  );
});

async function lastCheckpoint(runId: string): Promise<number> {
  const store = openStore(`${running.home}/store`);
  const saved = await store.list(`${generationKeys(runId, 0).checkpoints}/states/`);
  return Math.max(...saved.map((key) => Number(/step-(\d+)/.exec(key)?.[1])));
}
