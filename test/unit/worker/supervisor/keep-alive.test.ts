import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { test } from 'node:test';
import { KeptAlive, type ProcessEvent } from '../../../../worker/supervisor/keep-alive.js';

function keep(
  script: string,
  graceMs = 2_000,
  start: () => ChildProcess = () => spawn(process.execPath, ['-e', script]),
) {
  const events: ProcessEvent[] = [];
  let wake: () => void;
  const kept = new KeptAlive({
    name: 'it',
    graceMs,
    start,
    onEvent(event) {
      events.push(event);
      wake?.();
    },
  });
  /** Waits until there are so many events of a kind. */
  async function until(kind: ProcessEvent['kind'], count: number): Promise<void> {
    while (events.filter((event) => event.kind === kind).length < count) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  }
  return { kept, events, until };
}

test('a process that dies is restarted, with growing delay', async () => {
  const { kept, events, until } = keep('process.exit(3)');
  await until('died', 2);
  await kept.stop();
  const died = events.filter((event) => event.kind === 'died');
  assert.deepEqual(
    died.slice(0, 2).map(({ how, restartInMs }) => [how, restartInMs]),
    [
      ['exit code 3', 500],
      ['exit code 3', 1000],
    ],
  );
  assert.equal(events.at(-1)?.kind, 'stopped');
});

test('a process that can’t start is retried like one that died', async () => {
  let tries = 0;
  const { kept, events, until } = keep('', 2_000, () => {
    if (++tries === 1) throw new Error('EMFILE: too many open files');
    return spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  });
  await until('started', 1);
  await kept.stop();
  assert.deepEqual(
    events.map((event) => (event.kind === 'died' ? event.how : event.kind)),
    ['not started: EMFILE: too many open files', 'started', 'stopped'],
  );
});

test('a process that ignores SIGTERM is killed, and not restarted', async () => {
  const { kept, events, until } = keep("process.on('SIGTERM', () => {}); setInterval(() => {}, 1000)", 300);
  await until('started', 1);
  // It needs a moment to install its signal handler.
  await new Promise((resolve) => setTimeout(resolve, 300));
  await kept.stop();
  assert.deepEqual(
    events.map(({ kind }) => kind),
    ['started', 'stopped'],
  );
});

test('a process that still saves after SIGTERM is not killed while it says so', async () => {
  const script = `process.on('SIGTERM', () => {
    setInterval(() => process.send('saving'), 50);
    setTimeout(() => process.exit(7), 1500);
  });
  setInterval(() => {}, 1000);
  process.send('ready')`;
  let child: ChildProcess | undefined;
  const { kept, until } = keep('', 600, () => {
    child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    return child;
  });
  await until('started', 1);
  await once(child!, 'message');
  await kept.stop();
  assert.deepEqual([child!.exitCode, child!.signalCode], [7, null]);
});
