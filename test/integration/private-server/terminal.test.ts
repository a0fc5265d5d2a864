import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { NativeConnection } from '@temporalio/worker';
import { readNamespace } from '../../../connection/home-namespace.js';
import { polls } from '../../../connection/known-stores.js';
import { isAlive } from '../../../connection/process-identity.js';
import { readServerFile } from '../../../connection/server-file.js';
import { queuesOf } from '../../../domain/protocol.js';
import { openStore } from '../../../storage/open-store.js';
import { storeIdentity } from '../../../storage/store-identity.js';
import { newHome } from '../../support/private-server.js';

const MAIN = fileURLToPath(new URL('../../../cli/main.js', import.meta.url));

async function until(what: string, holds: () => boolean): Promise<void> {
  for (const deadline = Date.now() + 40_000; !holds(); await sleep(50)) {
    assert.ok(Date.now() < deadline, `${what} did not come about`);
  }
}

test('`up` says that it is ready when its workers are, and ends in order when its terminal is closed', async (t) => {
  // util-linux's script runs a command in a terminal of its own.
  if (!/util-linux/.test(spawnSync('script', ['--version'], { encoding: 'utf8' }).stdout ?? '')) {
    process.stderr.write(`\n!!! ${t.name}: NOT TESTED: there is no util-linux script here\n\n`);
    t.skip('no util-linux script');
    return;
  }
  const home = await newHome(t);
  const status = join(home.folder, 'status');
  // The shell, which gets the terminal's SIGHUP, passes it on and notes how the command ends.
  const up = `'${process.execPath}' '${MAIN}' up --port 0`;
  const command = `trap 'kill -HUP $up' HUP; ${up} & up=$!; wait $up; wait $up; echo $? > '${status}'`;
  const others = Object.entries(process.env).filter(([name]) => !/^(TEMPORAL|APPRENTICE)_/.test(name));
  const terminal = spawn('script', ['-qfc', command, '/dev/null'], {
    env: { ...Object.fromEntries(others), APPRENTICE_HOME: home.folder, SHELL: '/bin/sh' },
  });
  let shown = '';
  terminal.stdout.on('data', (part) => (shown += part));
  await until('Ready', () => /^Ready:/m.test(shown));

  const { address, supervisor, server } = readServerFile(home)!;
  const connection = await NativeConnection.connect({ address: address! });
  const { orchestration, training } = queuesOf(await storeIdentity(openStore(home.storeUrl)));
  const isPolled = (queue: string, tasks: 'workflows' | 'activities') =>
    polls(connection.workflowService, readNamespace(home)!, queue, tasks);
  assert.ok(await isPolled(orchestration, 'workflows'));
  assert.ok(await isPolled(training, 'activities'));
  await connection.close();

  terminal.kill('SIGKILL');
  await until('the end', () => existsSync(status) && readFileSync(status, 'utf8').endsWith('\n'));
  assert.equal(readFileSync(status, 'utf8'), '0\n', shown);
  assert.equal(existsSync(home.serverFile), false);
  assert.ok(!isAlive(supervisor) && !isAlive(server!));
});
