import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { RunSnapshot } from '../../../client/snapshot.js';
import { type RunningApprentice, startApprentice, untilSnapshot } from '../../support/running-apprentice.js';

let running: RunningApprentice;
/** Quick: nobody has to meet a training in its middle here. */
let quick: RunningApprentice['config'];

before(async () => {
  running = await startApprentice();
  const { teacher, student, data } = running.config;
  const { test: _, ...withoutTest } = data;
  quick = {
    ...running.config,
    data: withoutTest,
    teacher: { ...teacher, steps: 20 },
    student: { ...student, steps: 20 },
    pseudoLabels: { threshold: 0 },
  };
});
after(() => running.close());

const isWaiting = ({ progress }: { progress: { status: string } }) => progress.status === 'awaiting-approval';

test('the gate asks: approved and rejected by people, refused when nobody asked', async () => {
  const { apprentice } = running;
  const config = {
    ...quick,
    name: 'asked',
    generations: 2,
    gate: { otherwise: 'ask', approval: 'always' } as const,
  };
  const run = await apprentice.start(config, { runId: 'asked' });
  const decision = { promote: true, by: 'Ada', reason: 'looks right' };
  const refused = { name: 'DecisionRefusedError' };
  await assert.rejects(run.decide(decision), { ...refused, message: /nothing waits/ });

  const asked = await untilSnapshot(run, isWaiting);
  assert.equal(asked.progress.generation, 1);
  assert(asked.progress.current?.verdict, 'the evidence is shown with the question');
  assert.equal((await apprentice.list({ status: 'awaiting-approval' }))[0]?.runId, 'asked');
  await assert.rejects(run.decide({ ...decision, generation: 2 }), { ...refused, message: /generation 1/ });
  await assert.rejects(run.decide({ ...decision, by: ' ' }), { ...refused, message: /by:/ });
  await run.decide(decision);
  await assert.rejects(run.decide({ ...decision, generation: 1 }), refused);

  await untilSnapshot(run, (snapshot) => isWaiting(snapshot) && snapshot.progress.generation === 2);
  await run.decide({ promote: false, by: 'Grace', reason: 'too like the first' });
  const { generations, champion } = await run.result();
  assert.deepEqual(
    generations.map(({ promoted, decision }) => [promoted, decision?.by]),
    [
      [true, undefined],
      [true, 'Ada'],
      [false, 'Grace'],
    ],
  );
  assert.deepEqual([champion.generation, champion.version], [1, 2]);
  assert.equal((await apprentice.champion('asked'))?.generation, 1);
});

test('a weaker run does not take the place of the champion that an earlier run left', async () => {
  const { apprentice } = running;
  const strong = { ...quick, name: 'line', generations: 0, teacher: { ...quick.teacher, steps: 60 } };
  const weak = { ...strong, seed: 1, teacher: { ...quick.teacher, steps: 1 } };
  const first = await (await apprentice.start(strong, { runId: 'strong' })).result();
  assert.deepEqual([first.champion.version, first.generations[0]?.reigning], [1, undefined]);

  const second = await (await apprentice.start(weak, { runId: 'weak' })).result();
  const [teacher] = second.generations;
  assert.equal(teacher?.promoted, true, 'within its own run it is the champion');
  assert.deepEqual([teacher.reigning?.passes, teacher.reigning?.version], [false, 1]);
  assert.equal(second.champion.version, undefined);
  assert.equal((await apprentice.champion('line'))?.runId, 'strong');

  const forced = { ...weak, gate: { reigning: 'replace' } as const };
  const third = await (await apprentice.start(forced, { runId: 'forced' })).result();
  assert.equal(third.champion.version, 2);
  assert.equal((await apprentice.champion('line'))?.runId, 'forced');
});

test('a long history is continued in a new one, with all that the run has come to', async () => {
  const { apprentice } = running;
  const whole = await (await apprentice.start(quick, { runId: 'whole' })).result();
  const run = await apprentice.start(quick, { runId: 'in-parts', continueAsNewAfterEvents: 5 });
  const report = await run.result();
  assert.deepEqual(
    report.generations.map(({ model }) => model.weightsHash),
    whole.generations.map(({ model }) => model.weightsHash),
  );
  const [summary, ...others] = (await apprentice.list()).filter(({ runId }) => runId === 'in-parts');
  assert.equal(summary?.status, 'completed');
  assert.equal(others.length, 0);
  assert(report.startedAt < summary.startedAt, 'it began before its last part did');
  assert.deepEqual(await run.report(), report);
});

test('paused and cancelled while shards are labelled, the run ends at once; started again, it goes on', async () => {
  const { apprentice } = running;
  const config = { ...quick, pseudoLabels: { threshold: 0, shardSize: 100 } };
  const isLabelling = ({ progress }: RunSnapshot) =>
    progress.status === 'pseudo-labelling' && progress.current?.shards?.of === 2;
  const run = await apprentice.start(config, { runId: 'shards' });
  await untilSnapshot(run, isLabelling);
  await run.pause();
  await untilSnapshot(run, ({ progress, steps }) => progress.paused && steps.length === 0);
  await run.resume();
  await untilSnapshot(run, isLabelling);
  await run.cancel();
  const { outcome } = await untilSnapshot(run, (snapshot) => snapshot.outcome !== undefined);
  assert.equal(outcome?.status, 'cancelled');
  const { generations } = await (await apprentice.start(config, { runId: 'shards' })).result();
  assert.equal(generations[1]?.pseudoLabels?.images, 200);
});

test('data that cannot be used fails the run at once, and is not tried again', async () => {
  const { apprentice } = running;
  const labelled = { format: 'class-folders', path: `${running.home}/nowhere` } as const;
  const run = await apprentice.start({ ...quick, data: { ...quick.data, labelled } }, { runId: 'no-data' });
  const { outcome } = await untilSnapshot(run, (snapshot) => snapshot.outcome !== undefined, 20_000);
  assert.equal(outcome?.status, 'failed');
  assert.match(outcome?.error ?? '', /nowhere/);
  await assert.rejects(run.result(), { name: 'RunFailedError', message: /nowhere/ });
  assert.equal((await apprentice.list({ status: 'failed' }))[0]?.runId, 'no-data');
});

test('a schedule starts runs, each with an id of its own', async () => {
  const { apprentice } = running;
  const { schedules } = apprentice;
  const config = { ...quick, generations: 0 };
  await assert.rejects(schedules.create('nightly', config, {}), { name: 'ConfigurationError' });
  for (const wrong of [{ every: 'sometimes' }, { cron: '0 3 *' }]) {
    await assert.rejects(schedules.create('nightly', config, wrong), {
      name: 'ConfigurationError',
      message: /sometimes|0 3 \*/,
    });
  }
  await schedules.create('nightly', config, { cron: '0 3 * * *', note: 'while nobody works' });
  await assert.rejects(schedules.create('nightly', config, { cron: '0 3 * * *' }), {
    name: 'ConfigurationError',
  });
  await schedules.trigger('nightly');
  const runId = await firstRunOf('nightly');
  assert.match(runId, /^nightly-/);
  const { champion } = await apprentice.run(runId).result();
  assert.equal(champion.generation, 0);

  await schedules.pause('nightly', 'holidays');
  const [listed] = await schedules.list();
  assert.deepEqual(
    [listed?.id, listed?.when, listed?.overlap, listed?.name],
    ['nightly', '0 3 * * *', 'skip', 'few-clothes'],
  );
  await schedules.delete('nightly');
  await assert.rejects(schedules.trigger('nightly'), { name: 'UnknownScheduleError' });
});

async function firstRunOf(schedule: string): Promise<string> {
  for (const deadline = Date.now() + 20_000; Date.now() < deadline; ) {
    const run = (await running.apprentice.list()).find(({ runId }) => runId.startsWith(`${schedule}-`));
    if (run) return run.runId;
  }
  throw new Error(`schedule ${schedule} started nothing`);
}

test('an unknown run is answered with the nearest ids, a taken id is refused', async () => {
  const { apprentice } = running;
  const unknown = apprentice.run('hole');
  await assert.rejects(unknown.progress(), { name: 'UnknownRunError', message: /nearest: whole/ });
  await assert.rejects(unknown.pause(), { name: 'UnknownRunError' });
  await assert.rejects(apprentice.start(quick, { runId: 'whole' }), {
    name: 'ConfigurationError',
    message: /whole/,
  });
});
