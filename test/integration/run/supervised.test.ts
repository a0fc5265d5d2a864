import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { Apprentice } from '../../../client/apprentice.js';
import { readServerFile } from '../../../connection/server-file.js';
import { homeOf } from '../../../domain/home.js';
import { isAlive } from '../../support/is-alive.js';
import { descendantsOf } from '../../support/process-list.js';

const UP = new URL('../../../worker/up.js', import.meta.url).href;

function isReady(home: string, worker: string): boolean {
  return readFileSync(join(home, 'logs', `${worker}.log`), 'utf8').includes('"ready"');
}

async function untilTrue(what: string, isTrue: () => boolean): Promise<void> {
  for (const deadline = Date.now() + 30_000; !isTrue(); await sleep(100)) {
    if (Date.now() > deadline) throw new Error(`it did not come about that ${what}`);
  }
}

test('however the supervisor ends, nothing of it is left running', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'apprentice-up-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const options = { home: folder, port: 0 };
  const script = `const { up } = await import('${UP}'); await up({ ...${JSON.stringify(options)}, environment: process.env });`;
  const { TEMPORAL_ADDRESS: _, TEMPORAL_PROFILE: __, ...others } = process.env;
  // A namespace of another server: the private one has none by that name.
  const environment = { ...others, TEMPORAL_NAMESPACE: 'theirs' };
  const supervisor = spawn(process.execPath, ['--input-type=module', '-e', script], { env: environment });
  // The server behind its parent, the orchestrator and the trainer.
  await untilTrue('everything was started', () => descendantsOf(supervisor.pid!).length === 4);
  const started = descendantsOf(supervisor.pid!).map(({ pid }) => pid);
  await untilTrue('the workers were ready', () =>
    ['orchestrator', 'trainer-1'].every((name) => isReady(folder, name)),
  );
  assert(started.includes(readServerFile(homeOf({}, folder))!.server!.pid));
  const apprentice = await Apprentice.connect({ home: folder, environment });
  assert.deepEqual(await apprentice.list(), []);
  await apprentice.close();

  supervisor.kill('SIGKILL');
  await once(supervisor, 'exit');
  await untilTrue(`${started} ended`, () => !started.some(isAlive));
});
