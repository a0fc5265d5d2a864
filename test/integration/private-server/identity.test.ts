import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { createServer } from 'node:net';
import { test } from 'node:test';
import { Apprentice } from '../../../client/apprentice.js';
import { homeNamespace } from '../../../connection/home-namespace.js';
import { isAlive } from '../../../connection/process-identity.js';
import { readServerFile, writeServerFile } from '../../../connection/server-file.js';
import { homeOf } from '../../../domain/home.js';
import { connectWithRetries } from '../../../worker/connection.js';
import { claimHome } from '../../../worker/supervisor/home-claim.js';
import { newHome, startPrivateServer } from '../../support/private-server.js';

/** A file as a killed `up` leaves it, with an address at which another server listens by now. */
function staleFile(address: string) {
  return { token: 'stale', supervisor: { pid: process.pid, startedAt: 'an earlier process' }, address };
}

test('the server of another home, at the address of the own one, is used by nobody', async (t) => {
  const [own, other] = [await newHome(t), await newHome(t)];
  const foreign = await startPrivateServer(t, other);
  homeNamespace(own);
  writeServerFile(own, staleFile(foreign.address));

  await assert.rejects(Apprentice.connect({ home: own.folder, environment: {} }), {
    name: 'ServerUnreachableError',
    message: new RegExp(`the one at ${foreign.address} is not that of ${own.folder}`),
  });
  const stop = new AbortController();
  const reasons: string[] = [];
  const connecting = connectWithRetries({}, own, (reason) => stop.abort(reasons.push(reason)), stop.signal);
  await assert.rejects(connecting);
  assert.match(reasons[0]!, new RegExp(`the server at ${foreign.address} is not that of ${own.folder}`));

  // `up` says so, replaces the file, and starts a server of its own.
  const replaced = await startPrivateServer(t, own);
  assert.match(replaced.notices[0]!, new RegExp(`was killed; its server at ${foreign.address} has ended`));
  assert.notEqual(replaced.address, foreign.address);
  for (const [home, { address }] of [
    [own, replaced],
    [other, foreign],
  ] as const) {
    const apprentice = await Apprentice.connect({ home: home.folder, environment: {} });
    assert.equal(apprentice.address, address);
    await apprentice.close();
  }
});

test('a copy of a home joins not the server of its original, but gets its own', async (t) => {
  const home = await newHome(t);
  const original = await startPrivateServer(t, home);
  const copy = homeOf({}, `${home.folder}-copy`);
  await cp(home.folder, copy.folder, { recursive: true });
  await assert.rejects(
    Apprentice.connect({ home: copy.folder, environment: {} }),
    /no private server runs in/,
  );
  const second = await startPrivateServer(t, copy);
  assert.equal(second.namespace, original.namespace);
  assert.notEqual(second.address, original.address);
});

test('of two that claim a home at once, one gets it and the other finds its server', async (t) => {
  const home = await newHome(t);
  const namespace = homeNamespace(home);
  const claims = [startPrivateServer(t, home), claimHome(home, namespace, () => undefined)] as const;
  const [server, found] = await Promise.all(claims);
  assert.deepEqual(found, { address: server.address });
  await server.stop();
  assert.equal(existsSync(home.serverFile), false);
});

test('a server that a killed `up` left is ended before the next one uses its database', async (t) => {
  const home = await newHome(t);
  const left = await startPrivateServer(t, home);
  const { server, address } = readServerFile(home)!;
  // As if the `up` were another process, killed together with the one that ends its server.
  writeServerFile(home, { ...staleFile(address!), server: server! });
  const next = await startPrivateServer(t, home);
  assert.match(next.notices[0]!, new RegExp(`ended the server \\(process ${server!.pid}\\)`));
  assert.equal(isAlive(server!), false);
  await left.stop();
  assert.equal(readServerFile(home)?.address, next.address);
});

test('a wanted port that is taken is an error; the default port gives way with a notice', async (t) => {
  const home = await newHome(t);
  const squatter = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => squatter.once('listening', resolve));
  t.after(() => squatter.close());
  const { port } = squatter.address() as { port: number };
  for (const [option, ports] of [
    ['--port', { port }],
    ['--ui-port', { port: 0, uiPort: port }],
  ] as const) {
    await assert.rejects(startPrivateServer(t, home, ports), {
      name: 'ConfigurationError',
      message: new RegExp(`^${option}: received ${port}, which another process has`),
    });
  }
  const occupier = createServer();
  await new Promise<void>((resolve) =>
    occupier.once('error', () => resolve()).listen(7233, '127.0.0.1', resolve),
  );
  t.after(() => occupier.close());
  const server = await startPrivateServer(t, await newHome(t), {});
  assert.match(server.notices[0]!, /port 7233 is taken by another process; this server has \d+/);
});
