/** Workers and commands with different stores on one server. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { Apprentice } from '../../../client/apprentice.js';
import { type Home, homeOf } from '../../../domain/home.js';
import { openStore } from '../../../storage/open-store.js';
import { readStoreIdentity } from '../../../storage/store-identity.js';
import { createLogger } from '../../../worker/logging.js';
import { runWorker } from '../../../worker/run-worker.js';
import { newHome, startPrivateServer } from '../../support/private-server.js';

/** An orchestrator with a store. @returns its notices, once it takes steps */
function startOrchestrator(t: TestContext, home: Home): Promise<readonly string[]> {
  const stop = new AbortController();
  return new Promise((resolve, reject) => {
    const settings = { role: 'orchestrator', home, environment: {} } as const;
    const running = runWorker(settings, createLogger('orchestrator', 'silent'), stop.signal, resolve);
    running.catch(reject);
    t.after(() => {
      stop.abort(new Error('the test has ended'));
      return running;
    });
  });
}

test('a worker with another store takes no steps, and commands and workers say so', async (t) => {
  const { folder } = await newHome(t);
  const withStore = (name: string) => homeOf({}, folder, join(folder, name));
  const [ours, theirs] = [withStore('ours'), withStore('theirs')];
  const client = (home: Home) => Apprentice.connect({ home: folder, store: home.storeUrl, environment: {} });
  await startPrivateServer(t, ours);
  await using our = await client(ours);
  await using their = await client(theirs);

  assert.deepEqual(await startOrchestrator(t, theirs), []);
  const config = {
    name: 'clothes',
    data: { labelled: { format: 'class-folders', path: folder } },
  } as const;
  await assert.rejects(our.start(config), {
    name: 'ConfigurationError',
    message: new RegExp(
      `received ${ours.storeUrl}, but the workers of .* have ${theirs.storeUrl}: set APPREN`,
    ),
  });
  await assert.rejects(
    our.schedules.create('nightly', config, { every: '1d' }),
    /^ConfigurationError: store:/,
  );

  // A store that was given by mistake stays as it is.
  assert.equal(await readStoreIdentity(openStore(ours.storeUrl)), undefined);

  const { runId } = await their.start(config);
  const { problems } = await our.run(runId).snapshot();
  assert.match(
    problems[0]!,
    new RegExp(
      `artifacts are in ${theirs.storeUrl}, this command reads ${ours.storeUrl}: set APPRENTICE_STORE`,
    ),
  );
  assert.ok(!(await their.run(runId).snapshot()).problems.some((problem) => /artifacts/.test(problem)));

  const [notice] = await startOrchestrator(t, ours);
  assert.match(
    notice!,
    new RegExp(`1 running workflow with the store ${theirs.storeUrl}; these workers have ${ours.storeUrl}`),
  );
  // Now there are workers for both stores.
  const second = await our.start(config);
  for (const run of [second, their.run(runId)]) assert.equal((await run.progress()).status, 'running');
});
