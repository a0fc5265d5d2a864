import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { type ProcessEvent, up } from '../../../../worker/up.js';
import { callApprentice } from '../../../support/call-apprentice.js';
import { untilSnapshot } from '../../../support/running-apprentice.js';
import {
  clothes,
  execution,
  type MethodConfig,
  oldModel,
  reportOf,
  running,
  start,
  transferOf,
} from './shared.js';

describe('steering, schedules and lookups', () => {
  before(clothes);

  function evaluation(): MethodConfig<'evaluate'> {
    const { data } = running.config;
    return { method: 'evaluate', name: 'measured', data, model: 'few-clothes@1', execution };
  }

  test('a model that a person has to approve waits, and `apprentice approve` promotes it', async () => {
    await oldModel();
    const gate = { approval: 'always' } as const;
    const run = await start('asked', transferOf({ name: 'asked', mode: 'head', gate }));
    const decision = { promote: true, by: 'Ada', reason: 'looks right' };
    await assert.rejects(run.decide(decision), {
      name: 'DecisionRefusedError',
      message: /no question is open/,
    });
    const { progress } = await untilSnapshot(
      run,
      (snapshot) => snapshot.progress.status === 'awaiting-approval',
    );
    assert.equal(progress.question?.about, 'the head only model');
    assert.equal((await running.apprentice.list({ status: 'awaiting-approval' }))[0]?.runId, 'asked');
    await assert.rejects(run.decide({ ...decision, about: 'student 1' }), { name: 'DecisionRefusedError' });

    const args = ['approve', 'asked', '--by', decision.by, '--reason', decision.reason];
    const { code, stdout, stderr } = await callApprentice(running.home, args);
    assert.equal(code, 0, stderr);
    assert.match(stdout, /^asked: the head only model approved/);
    const report = await run.result();
    assert.deepEqual([report.version, report.decision], [1, decision]);
    assert.equal((await running.apprentice.champion('asked'))?.runId, 'asked');
    await assert.rejects(run.decide(decision), { name: /DecisionRefusedError|RunEndedError/ });
  });

  test('a weaker run does not take the place of the champion of another run', async () => {
    const before = await running.apprentice.champion('few-clothes');
    const { teacher, student: _, ...config } = running.config;
    const report = await reportOf('weak', {
      ...{ ...config, method: 'self-training', generations: 0, seed: 1, execution },
      models: [{ kind: 'residual', width: 8, stages: 2 }],
      teacher: { ...teacher, steps: 1, evaluations: 1 },
    });
    const [weak] = report.generations;
    assert.equal(weak?.promoted, true, 'within its own run it is the champion');
    assert.deepEqual([weak.reigning?.passes, weak.reigning?.version], [false, before?.version]);
    assert.equal(report.version, undefined);
    assert.deepEqual(await running.apprentice.champion('few-clothes'), before);
  });

  test('data that cannot be used fails the run at once, and is not tried again', async () => {
    const { apprentice, config, home } = running;
    const labelled = { format: 'class-folders', path: `${home}/nowhere` } as const;
    const run = await apprentice.start(
      { ...config, data: { ...config.data, labelled } },
      { runId: 'no-data' },
    );
    const { outcome } = await untilSnapshot(run, (snapshot) => snapshot.outcome !== undefined, 20_000);
    assert.equal(outcome?.status, 'failed');
    assert.match(outcome?.error ?? '', /nowhere/);
    await assert.rejects(run.result(), { name: 'RunFailedError', message: /nowhere/ });
    assert.equal((await apprentice.list({ status: 'failed' }))[0]?.runId, 'no-data');
  });

  test('a schedule starts runs of any method, each with an id of its own', async () => {
    const { apprentice } = running;
    const { schedules } = apprentice;
    const config = evaluation();
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
    const { evaluation: measured } = await apprentice.run<'evaluate'>(runId).result();
    assert.equal(measured.images, 100);
    assert.equal((await apprentice.list({ method: 'evaluate' }))[0]?.runId, runId);

    await schedules.pause('nightly', 'holidays');
    const [listed] = await schedules.list();
    assert.deepEqual(
      [listed?.id, listed?.when, listed?.overlap, listed?.name, listed?.method],
      ['nightly', '0 3 * * *', 'skip', 'measured', 'evaluate'],
    );
    await schedules.delete('nightly');
    await assert.rejects(schedules.trigger('nightly'), { name: 'UnknownScheduleError' });
  });

  async function firstRunOf(schedule: string): Promise<string> {
    for (const deadline = Date.now() + 20_000; Date.now() < deadline; await sleep(100)) {
      const run = (await running.apprentice.list()).find(({ runId }) => runId.startsWith(`${schedule}-`));
      if (run) return run.runId;
    }
    throw new Error(`schedule ${schedule} started nothing`);
  }

  test('an unknown run is answered with the nearest ids, a taken id is refused', async () => {
    const { apprentice } = running;
    const unknown = apprentice.run('cloths');
    await assert.rejects(unknown.progress(), { name: 'UnknownRunError', message: /nearest: clothes/ });
    await assert.rejects(unknown.pause(), { name: 'UnknownRunError' });
    await assert.rejects(start('clothes', evaluation()), { name: 'ConfigurationError', message: /clothes/ });
  });

  test('a second `up` of the same home uses the running server, and leaves it running', async () => {
    const { TEMPORAL_ADDRESS: _, TEMPORAL_PROFILE: __, ...environment } = process.env;
    const events: ProcessEvent[] = [];
    const options = { home: running.home, environment, port: 0, uiPort: 0 };
    const second = await up({ ...options, onEvent: (event) => events.push(event) });
    assert.equal(second.address, running.apprentice.address);
    assert.equal(second.server, 'of another up');
    await second.close();
    assert.deepEqual([...new Set(events.map(({ name }) => name))].sort(), ['orchestrator', 'trainer-1']);
    assert.ok((await running.apprentice.list()).length > 0);
  });
});
