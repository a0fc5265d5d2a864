import assert from 'node:assert/strict';
import { access, readdir, stat, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RunSnapshot } from '../../../client/snapshot.js';
import { openStore } from '../../../storage/open-store.js';
import { callApprentice } from '../../support/call-apprentice.js';
import { type RunningApprentice, startApprentice } from '../../support/running-apprentice.js';

describe('apprentice, as it is called', { timeout: 300_000 }, () => {
  let running: RunningApprentice;
  let file: string;

  before(async () => {
    running = await startApprentice();
    file = join(running.home, 'clothes.json');
    const short = { ...running.config.student, steps: 20 };
    const config = { ...running.config, teacher: { ...running.config.teacher, steps: 20 }, student: short };
    await writeFile(file, JSON.stringify({ ...config, gate: { approval: 'always', margin: -1 } }));
  });
  after(() => running.close());

  const call = (args: readonly string[], onStart?: Parameters<typeof callApprentice>[2]) =>
    callApprentice(running.home, args, onStart);

  async function succeed(...args: string[]): Promise<string> {
    const { code, stdout, stderr } = await call(args);
    assert.equal(code, 0, `apprentice ${args.join(' ')}\n${stdout}${stderr}`);
    return stdout;
  }

  const untilStatus = (run: string, wanted: string) =>
    until(run, wanted, ({ progress }) => progress.status === wanted);
  const untilTraining = (run: string) =>
    until(
      run,
      'training',
      ({ progress, activities }) =>
        progress.status === 'running' && activities.some(({ activity }) => activity === 'train'),
    );

  async function until(run: string, state: string, isReached: (snapshot: RunSnapshot) => boolean) {
    for (const deadline = Date.now() + 90_000; Date.now() < deadline; await sleep(300)) {
      if (isReached(await running.apprentice.run(run).snapshot())) return;
    }
    assert.fail(`${run} did not become ${state}`);
  }

  it('plans a run without starting it, and without output of TensorFlow', async () => {
    const { code, stdout, stderr } = await call(['run', file, '--dry-run']);
    assert.equal(stderr, '');
    assert.equal(code, 0);
    assert.match(stdout, /labelled 100 +validation 100 +unlabelled 200 +test 100/);
    assert.equal(await succeed('list', '--json'), '[]\n');
    const { problems } = JSON.parse((await call(['run', file, '--dry-run', '--json'])).stdout);
    assert.deepEqual(problems, []);
    const smaller = ['--set', 'models=[{kind: residual, width: 8}, {kind: residual, width: 4}]'];
    assert.equal((await call(['run', file, '--dry-run', ...smaller])).code, 2);
  });

  it('runs from start to promoted model, and classifies a picture with the model', async () => {
    assert.deepEqual(JSON.parse(await succeed('run', file, '--id', 'first', '--detach', '--json')), {
      runId: 'first',
    });
    await untilStatus('first', 'awaiting-approval');
    assert.match(
      await succeed('list'),
      /^first +self-training +awaiting-approval +student 1: decision +\d+\.\d+% /m,
    );
    assert.match(await succeed('show', 'first'), /gate\.approval +always {2}\(default never\)/);

    assert.match(
      await succeed('approve', 'first', '--reason', 'looks fine', '--by', 'ann'),
      /student 1 approved/,
    );
    assert.match((await call(['follow', 'first'])).stdout, /predict /);
    const again = await call(['approve', 'first']);
    assert.equal(again.code, 1);
    assert.match(again.stderr, /^error: first: the run has ended \(completed\)/);

    const shown = await succeed('show', 'first');
    assert.match(shown, /Classes \(.*tudent 1 on test images\)\n +IMAGES +RECALL +PRECISION/);
    const { outcome, progress, classes, deviations } = JSON.parse(await succeed('show', 'first', '--json'));
    assert.equal(classes.evaluation.confusion.length, 10);
    assert.equal(outcome.status, 'completed');
    const { decision, version } = progress.details.generations[1];
    assert.deepEqual(decision, { promote: true, by: 'ann', reason: 'looks fine' });
    assert.equal(version, 2);
    assert.ok(deviations.some(({ key }: { key: string }) => key === 'student.steps'));

    const models = JSON.parse(await succeed('models', 'few-clothes', '--json'));
    assert.deepEqual(
      models.map((model: { version: number; champion: boolean }) => [model.version, model.champion]),
      [
        [2, true],
        [1, false],
      ],
    );
    const picture = join(String(progress.config.data.test.path), 'bag', '0000.png');
    const { code, stdout, stderr } = await call(['predict', 'few-clothes', picture, '--json']);
    assert.equal(code, 0, stderr);
    assert.equal(stderr, '');
    assert.equal(JSON.parse(stdout).images[0].guesses.length, 3);
  });

  it('shows a run whose evaluation is damaged: evaluated again, or left out and named', async () => {
    const store = openStore(join(running.home, 'store'));
    await store.write('runs/first/generation-1/evaluation-test', Buffer.from('{"sha'));
    const again = await call(['show', 'first']);
    assert.equal(again.code, 0, again.stderr);
    assert.match(again.stdout, /Classes \(.*tudent 1 on test images\)\n +IMAGES +RECALL +PRECISION/);
    assert.match(again.stderr, /! Evaluated again from the predictions: .*generation-1\/evaluation-test/);

    const [predictions] = await store.list('runs/first/generation-1/predictions-test-');
    await store.write(predictions!, new Uint8Array(4));
    const without = await call(['show', 'first']);
    assert.equal(without.code, 1);
    assert.match(without.stdout, /Configuration .*best model/is);
    assert.doesNotMatch(without.stdout, /Classes/);
    assert.match(
      without.stderr,
      /! artifact "runs\/first\/generation-1\/evaluation-test".*Restore it from a backup/,
    );
  });

  it('runs the method that a file names, and writes its output', async () => {
    const evaluation = join(running.home, 'evaluation.json');
    const { data } = running.config;
    await writeFile(
      evaluation,
      JSON.stringify({ method: 'evaluate', name: 'measured', data, model: 'few-clothes' }),
    );
    const refused = await call(['distill', evaluation]);
    assert.equal(refused.code, 2);
    assert.match(refused.stderr, /method: received "evaluate", expected "distill"/);

    const out = join(running.home, 'measured');
    const stdout = await succeed('run', evaluation, '--id', 'measured', '--out', out);
    assert.match(stdout, /ACCURACY +BALANCED[\s\S]*TRUE, PREDICTED/);
    assert.deepEqual((await readdir(out)).sort(), [
      'classes.csv',
      'confusion.csv',
      'confusion.png',
      'report.json',
    ]);
    assert.match(await succeed('list', '--method', 'evaluate'), /^measured +evaluate +completed /m);
    assert.match(
      await succeed('show', 'measured'),
      /model +few-clothes[\s\S]*Used few-clothes \(at that time few-clothes@2\)/,
    );
  });

  it('keeps a followed run going at Ctrl-C, and pauses, resumes and cancels it', async () => {
    const long = ['--set', 'teacher.steps=100000'];
    const followed = await call(['run', file, '--id', 'second', ...long], (kill) => {
      void (async () => {
        while (!(await running.apprentice.list()).some(({ runId }) => runId === 'second')) await sleep(100);
        await sleep(1000);
        kill('SIGINT');
      })();
    });
    assert.equal(followed.code, 130);
    assert.match(followed.stderr, /second continues.*follow second/);
    await untilTraining('second');
    await succeed('pause', 'second');
    await untilStatus('second', 'paused');
    await succeed('resume', 'second');
    await untilTraining('second');
    assert.match(await succeed('cancel', 'second'), /To continue it: .* run CONFIG --id second/);
    await untilStatus('second', 'cancelled');
    assert.match(await succeed('list', '--status', 'cancelled'), /^second +self-training +cancelled/m);
  });

  it('names the nearest run or line if there is none of the name', async () => {
    const run = await call(['show', 'secnd']);
    assert.equal(run.code, 1);
    assert.match(run.stderr, /received "secnd".*the nearest: second/);
    const line = await call(['models', 'clothes']);
    assert.equal(line.code, 2);
    assert.match(line.stderr, /the nearest: few-clothes/);
    assert.equal((await call(['schedule', 'trigger', 'nope'])).code, 1);
  });

  it('executes no module outside of the allowed folders, neither for a plan nor in a run', async () => {
    const mark = join(running.home, 'executed');
    const path = join(running.home, 'evil.mjs');
    await writeFile(
      path,
      `import { writeFileSync } from 'node:fs'; writeFileSync(${JSON.stringify(mark)}, '');`,
    );
    const evil = ['run', file, '--set', `models=[{kind: module, path: ${path}}]`];
    for (const args of [
      [...evil, '--dry-run'],
      [...evil, '--id', 'evil'],
    ]) {
      const { code, stderr } = await call(args);
      assert.equal(code, 2, stderr);
      assert.match(stderr, /evil\.mjs, expected one within .*--modules FOLDER/);
    }
    await assert.rejects(access(mark), { code: 'ENOENT' });
  });

  it('refuses ids that are no ids before it asks the server', async () => {
    for (const args of [
      ['run', file, '--dry-run', '--id', '../../evil'],
      ['show', 'a\u001b[2J'],
    ]) {
      const { code, stderr } = await call(args);
      assert.equal(code, 2);
      assert.match(stderr, /^error: (--id|run): received ".*expected 1 to 200/);
      assert.ok(!stderr.includes('\u001b'));
    }
  });

  it('keeps what it writes in its home private', async () => {
    const entries = await readdir(running.home, { recursive: true, withFileTypes: true });
    const own = entries.filter(({ parentPath, name }) =>
      /^(store|logs|temporal\.db|server\.json)/.test(relative(running.home, join(parentPath, name))),
    );
    assert.ok(own.some(({ name }) => name === 'temporal.db'));
    const modes = await Promise.all(
      own.map(async (entry) => {
        const path = join(entry.parentPath, entry.name);
        const info = await stat(path).catch(() => undefined);
        return info && (info.mode & 0o077) !== 0 ? [`${path} ${(info.mode & 0o777).toString(8)}`] : [];
      }),
    );
    assert.deepEqual(modes.flat(), []);
  });

  it('keeps schedules', async () => {
    assert.equal((await call(['schedule', 'create', 'nightly', file])).code, 2);
    for (const times of [
      { cron: '0 0 30 2 *' },
      { cron: '0 0 1 1 * 2001' },
      { cron: '' },
      { cron: '\u001b[2J' },
      { cron: 'CRON_TZ=Mars/Phobos 0 3 * * *' },
      { every: '-6h' },
      { every: '0s' },
      { every: '' },
    ]) {
      const wrong = { name: 'ConfigurationError', message: /^schedule: received / };
      await assert.rejects(running.apprentice.schedules.create('never', running.config, times), wrong);
    }
    assert.match(await succeed('schedule', 'list'), /^No schedules yet/);
    await succeed('schedule', 'create', 'nightly', file, '--cron', '0 3 * * *', '--note', 'new pictures');
    assert.match(await succeed('schedule', 'list'), /\d\d:00 UTC/);
    await succeed('schedule', 'pause', 'nightly');
    await succeed('schedule', 'resume', 'nightly');
    await succeed('schedule', 'trigger', 'nightly');
    for (const deadline = Date.now() + 20_000; ; await sleep(300)) {
      const [schedule] = JSON.parse(await succeed('schedule', 'list', '--json'));
      assert.equal(schedule.when, '0 3 * * *');
      if (schedule.recentRuns.length > 0) {
        await succeed('cancel', schedule.recentRuns[0]);
        break;
      }
      assert.ok(Date.now() < deadline, 'the schedule started no run');
    }
    await succeed('schedule', 'delete', 'nightly');
    assert.match(await succeed('schedule', 'list'), /^No schedules yet/);
  });
});
