import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { findServer, type ServerSettings } from '../../../connection/find-server.js';
import { homeNamespace } from '../../../connection/home-namespace.js';
import { writeServerFile } from '../../../connection/server-file.js';
import { type Home, homeOf } from '../../../domain/home.js';
import { createLogger } from '../../../worker/logging.js';
import { runWorker } from '../../../worker/run-worker.js';

async function newHome(t: TestContext): Promise<Home> {
  const folder = await mkdtemp(join(tmpdir(), 'apprentice-home-'));
  t.after(() => rm(folder, { recursive: true }));
  return homeOf({}, folder);
}

test('a configured address comes before the home, with the configured namespace or `default`', async (t) => {
  const home = await newHome(t);
  const environment = { TEMPORAL_ADDRESS: 'temporal.example:7233' };
  const found = findServer({ environment, home }) as ServerSettings;
  assert.deepEqual(
    [found.options.address, found.namespace, found.isPrivate],
    ['temporal.example:7233', 'default', false],
  );
  const named = findServer({ environment: { ...environment, TEMPORAL_NAMESPACE: 'theirs' }, home });
  assert.equal((named as { namespace: string }).namespace, 'theirs');
});

test('a namespace without an address does not apply to the private server', async (t) => {
  const home = await newHome(t);
  const namespace = homeNamespace(home);
  const environment = { TEMPORAL_NAMESPACE: 'theirs' };
  assert.deepEqual(findServer({ environment, home }), {
    missing: `no private server runs in ${home.folder}`,
    isStarting: false,
  });
  const supervisor = { pid: 7, startedAt: 'then' };
  writeServerFile(home, { token: 't', supervisor });
  assert.equal((findServer({ environment, home }) as { isStarting: boolean }).isStarting, true);
  writeServerFile(home, { token: 't', supervisor, address: '127.0.0.1:7233' });
  const found = { options: { address: '127.0.0.1:7233' }, namespace, isPrivate: true };
  assert.deepEqual(findServer({ environment, home }), found);
  // Its own address, given by hand, is no other server.
  assert.deepEqual(findServer({ environment: {}, home, address: 'localhost:7233' }), found);
});

test('a worker in a folder that is no home ends at once, and leaves nothing there', async (t) => {
  const home = await newHome(t);
  const log = createLogger('trainer', 'silent');
  const worker = runWorker({ role: 'trainer', home, environment: {} }, log, AbortSignal.timeout(5_000));
  await assert.rejects(worker, { name: 'ConfigurationError', message: /is no home of .apprentice up/ });
  assert.deepEqual(await readdir(home.folder), []);
});
