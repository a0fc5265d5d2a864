import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { Apprentice } from '../../../client/apprentice.js';
import { homeNamespace } from '../../../connection/home-namespace.js';
import { removeServerFile, writeServerFile } from '../../../connection/server-file.js';
import { type Home, homeOf } from '../../../domain/home.js';

test('without a server the error names the address and the remedy', async () => {
  const address = '127.0.0.1:1';
  const name = 'ServerUnreachableError';
  const message = /127\.0\.0\.1:1.*apprentice up.*TEMPORAL_ADDRESS/s;
  await assert.rejects(Apprentice.connect({ address, environment: {} }), { name, message });
  const environment = { TEMPORAL_ADDRESS: address };
  await assert.rejects(Apprentice.connect({ environment }), { name, message });
});

/** A home as an earlier `up` left it. */
async function oldHome(t: TestContext, address: string): Promise<Home> {
  const folder = await mkdtemp(join(tmpdir(), 'apprentice-home-'));
  t.after(() => rm(folder, { recursive: true }));
  const home = homeOf({ APPRENTICE_HOME: folder });
  homeNamespace(home);
  writeServerFile(home, { token: 't', supervisor: { pid: 1, startedAt: 'long ago' }, address });
  return home;
}

test('without a configured server the client connects to that of the home', async (t) => {
  const { folder } = await oldHome(t, '127.0.0.1:2');
  await assert.rejects(Apprentice.connect({ home: folder, environment: {} }), { message: /127\.0\.0\.1:2/ });
});

test('a folder that is no home has no server: no default address takes its place', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'apprentice-home-'));
  t.after(() => rm(folder, { recursive: true }));
  await assert.rejects(Apprentice.connect({ home: folder, environment: {} }), {
    name: 'ConfigurationError',
    message: new RegExp(`${folder} is no home of .apprentice up.*TEMPORAL_ADDRESS`),
  });
});

test('a home whose `up` has ended has no server', async (t) => {
  const home = await oldHome(t, '127.0.0.1:2');
  removeServerFile(home, 't');
  await assert.rejects(Apprentice.connect({ home: home.folder, environment: {} }), {
    name: 'ServerUnreachableError',
    message: new RegExp(`no private server runs in ${home.folder}: start it with .apprentice up`),
  });
});

test('an unknown profile is a ConfigurationError', async () => {
  const expected = { name: 'ConfigurationError', message: /'nope'.*TEMPORAL_PROFILE/ };
  await assert.rejects(Apprentice.connect({ environment: { TEMPORAL_PROFILE: 'nope' } }), expected);
});
