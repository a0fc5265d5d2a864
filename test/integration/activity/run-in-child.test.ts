import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { InputOf } from '../../../activities/activities.js';
import type { ArtifactStore } from '../../../domain/artifact-store.js';
import { ConfigurationError, HandedOverError, TrainerLostError } from '../../../domain/errors.js';
import type { ActivityProgress } from '../../../domain/records.js';
import { openStore } from '../../../storage/open-store.js';
import { runInChild } from '../../../worker/activity/run-in-child.js';
import { isAlive } from '../../support/is-alive.js';
import type { Behaviour } from './activities-for-tests.js';

const ACTIVITIES = new URL('./activities-for-tests.js', import.meta.url).href;
let folder: string;
let store: ArtifactStore;
let stop: AbortController;
let seen: Omit<ActivityProgress, 'attempt'>[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'apprentice-child-'));
  store = openStore(folder);
  stop = new AbortController();
  seen = [];
});
afterEach(() => rm(folder, { recursive: true, force: true }));

function run(
  behaviour: Behaviour,
  more: {
    graceMs?: number;
    onFinished?: (usage: { peakMemoryBytes: number }) => void;
    onOutput?: (line: string) => void;
    onSaving?: () => void;
  } = {},
) {
  return runInChild('trainModel', behaviour as unknown as InputOf<'trainModel'>, {
    storeUrl: store.url,
    signal: stop.signal,
    onProgress: (progress) => seen.push(progress),
    environment: { PATH: process.env['PATH'], ONLY: 'this' },
    graceMs: 5000,
    activities: ACTIVITIES,
    ...more,
  }) as Promise<unknown>;
}

async function until(isSo: () => boolean | Promise<boolean>, within = 20_000): Promise<void> {
  const deadline = Date.now() + within;
  while (!(await isSo())) {
    assert(Date.now() < deadline, 'waited too long');
    await sleep(20);
  }
}

const pidOfActivity = async () => Number(Buffer.from(await store.read('pid')).toString());
const savedReason = async () => Buffer.from(await store.read('saved')).toString();

test('an activity runs in another process with its own environment; progress, result and memory come back', async () => {
  const peaks: number[] = [];
  const result = (await run(
    { do: 'count', to: 5000 },
    { onFinished: (usage) => peaks.push(usage.peakMemoryBytes) },
  )) as {
    env: object;
  };
  const { env, ...rest } = result;
  assert.deepEqual(rest, {
    name: 'trainModel',
    counted: 5000,
    nothing: undefined,
    infinite: Number.POSITIVE_INFINITY,
  });
  assert.equal('HOME' in env, false);
  assert.equal((env as { ONLY: string }).ONLY, 'this');
  assert.equal(seen[0]?.done, 0);
  assert.equal(seen.at(-1)?.done, 5000);
  assert(seen.length < 100, `${seen.length} messages`);
  assert(peaks.length === 1 && peaks[0]! > 10e6 && peaks[0]! < 1e9, String(peaks));
});

test('an error of ours comes back as its class, with its cause', async () => {
  await assert.rejects(run({ do: 'throw', ours: true }), (error: Error) => {
    assert(error instanceof ConfigurationError);
    assert.equal(error.message, 'models: received none');
    assert.equal((error.cause as Error).name, 'RangeError');
    assert.match(error.stack ?? '', /activities-for-tests/);
    return true;
  });
});

test('any other error keeps its name, message and stack', async () => {
  await assert.rejects(run({ do: 'throw', ours: false }), (error: Error) => {
    assert.equal(error.name, 'OddError');
    assert.equal(error.message, 'x is not a function');
    return /activities-for-tests/.test(error.stack ?? '');
  });
});

test('a process that dies is a lost trainer, with its last output', async () => {
  const printed: string[] = [];
  await assert.rejects(
    run({ do: 'kill-itself' }, { onOutput: (line) => printed.push(line) }),
    (error: Error) => {
      assert(error instanceof TrainerLostError);
      return /SIGKILL.*about to run out of memory/s.test(error.message);
    },
  );
  assert.deepEqual(printed, ['about to run out of memory']);
  await assert.rejects(run({ do: 'exit' }), /exit code 3 and no result/);
});

test('activities that cannot be loaded are an error of their own', async () => {
  await assert.rejects(run({ do: 'exit' }, { activities: 'file:///none.js' } as object), /none\.js/);
});

test('an activity that is asked to stop saves before it ends', async () => {
  const running = run({ do: 'work-until-stopped', saveMs: 200 });
  await until(() => seen.some(({ done }) => done > 3));
  const reason = new Error('the run is paused');
  stop.abort(reason);
  await assert.rejects(running, (error) => error === reason);
  assert.equal(await savedReason(), 'asked to stop');
  assert.equal(isAlive(await pidOfActivity()), false);
});

test('an activity that is stopped before it begins starts no process', async () => {
  stop.abort(new Error('early'));
  await assert.rejects(run({ do: 'kill-itself' }), /early/);
  assert.equal(seen.length, 0);
});

test('an activity that hangs is killed with its own children after the grace time', async () => {
  const running = run({ do: 'block', withChild: true }, { graceMs: 300 });
  await until(() => store.has('pid'));
  const grandchild = await pidOfActivity();
  await sleep(300);
  stop.abort(new Error('cancelled'));
  await assert.rejects(running, /cancelled/);
  await until(() => !isAlive(grandchild));
});

test('a save that takes longer than the grace time is not killed while bytes are written', async () => {
  let signs = 0;
  const running = run(
    { do: 'save-slowly', writes: 15, waitMs: 150 },
    { graceMs: 1000, onSaving: () => signs++ },
  );
  running.catch(() => undefined);
  await until(() => store.has('pid'));
  const stoppedAt = performance.now();
  stop.abort(new Error('this trainer ends'));
  await assert.rejects(running, /this trainer ends/);
  assert(performance.now() - stoppedAt > 2000, 'it took longer than the grace time');
  assert.equal(await savedReason(), 'aborted: true');
  assert(signs > 5, `the supervisor heard ${signs} times`);
});

test('bytes that are written are progress: each is a heartbeat with the last numbers', async () => {
  assert.equal(await run({ do: 'save-slowly', writes: 4, waitMs: 120 }), 'saved');
  assert(seen.length >= 5, `${seen.length} heartbeats`);
  assert.deepEqual(seen.at(-1), seen[0]);
});

test('an activity that gets SIGTERM saves, and another attempt may continue', async () => {
  const running = run({ do: 'work-until-stopped', saveMs: 0 });
  running.catch(() => undefined);
  await until(() => seen.some(({ done }) => done > 3));
  process.kill(await pidOfActivity(), 'SIGTERM');
  await assert.rejects(
    running,
    (error: Error) => error instanceof HandedOverError && /SIGTERM/.test(error.message),
  );
  assert.equal(await savedReason(), 'SIGTERM');
});

for (const [what, behaviour] of [
  ['saves and ends', { do: 'work-until-stopped', saveMs: 100 }],
  ['ends even when it cannot save in time', { do: 'work-until-stopped', saveMs: 60_000 }],
] as const) {
  test(`an activity whose worker is killed ${what}`, async () => {
    const parent = fork(
      fileURLToPath(new URL('./parent-for-tests.js', import.meta.url)),
      [store.url, JSON.stringify(behaviour)],
      {
        execArgv: [],
      },
    );
    await until(() => store.has('pid'));
    const pid = await pidOfActivity();
    assert(isAlive(pid));
    parent.kill('SIGKILL');
    await until(() => !isAlive(pid));
    if (behaviour.saveMs < 1000) assert.match(await savedReason(), /worker .* is gone/);
  });
}
