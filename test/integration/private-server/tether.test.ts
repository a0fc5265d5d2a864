import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { Apprentice } from '../../../client/apprentice.js';
import { isAlive } from '../../../connection/process-identity.js';
import { readServerFile } from '../../../connection/server-file.js';
import { newHome, startPrivateServer } from '../../support/private-server.js';

test('when the process that would end the server is killed, the server ends and comes back at its port', async (t) => {
  const home = await newHome(t);
  const { address, events } = await startPrivateServer(t, home);
  const killed = readServerFile(home)!.server!;
  const [tether] = events.flatMap((event) => (event.kind === 'started' ? [event.pid] : []));
  assert.notEqual(tether, killed.pid);
  process.kill(tether!, 'SIGKILL');
  const isBack = async () => {
    const { server } = readServerFile(home)!;
    if (!server || server.pid === killed.pid || !isAlive(server)) return false;
    const apprentice = await Apprentice.connect({ home: home.folder, environment: {} }).catch(
      () => undefined,
    );
    await apprentice?.close();
    return apprentice?.address === address;
  };
  for (const deadline = Date.now() + 20_000; !(await isBack()); await sleep(100)) {
    assert.ok(Date.now() < deadline, JSON.stringify(events));
  }
  assert.equal(isAlive(killed), false);
  assert.deepEqual(
    events.map(({ kind }) => kind),
    ['started', 'died', 'started'],
  );
});

test('a server that can’t start ends the wait for it, with the reason that its log has', async (t) => {
  const home = await newHome(t);
  await mkdir(home.database);
  await assert.rejects(startPrivateServer(t, home), {
    name: 'ConfigurationError',
    message: /^Temporal server: it ends at its start: .*(database|sqlite|schema).*temporal\.log/is,
  });
  assert.equal(existsSync(home.serverFile), false);
});
