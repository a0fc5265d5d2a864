import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { pinNetwork } from '../../../activities/pin-network.js';
import { allowModulesIn } from '../../../learning/models/allowed-modules.js';
import { openStore } from '../../../storage/open-store.js';
import { place, temporaryFolder } from '../../support/picture-files.js';

const ORIGINAL = 'export const build = () => 1;';
const EDITED = 'export const build = () => 2;';

async function scene(context: TestContext) {
  const folder = await temporaryFolder(context);
  allowModulesIn([folder]);
  const store = openStore(join(folder, 'store'));
  const path = await place(join(folder, 'net.mjs'), ORIGINAL);
  const start = { kind: 'module', path, options: {} } as const;
  return {
    ...{ store, path, start },
    write: (content: string) => writeFile(path, content),
    pin: (runId: string, change: object = {}) =>
      pinNetwork({ runId, plan: { start: { ...start, ...change } } }, store),
  };
}

test('the first training of a run pins the content of its network’s file', async (context) => {
  const { pin } = await scene(context);
  const first = await pin('a');
  assert.match(first!, /^[0-9a-f]{64}$/);
  assert.equal(await pin('a'), first);
});

test('an edited file is refused, with its path and the remedy, until it is restored', async (context) => {
  const { pin, write, path } = await scene(context);
  const first = await pin('a');
  await write(EDITED);
  await assert.rejects(pin('a'), (error: Error) => {
    assert.equal(error.name, 'ConfigurationError');
    assert.ok(error.message.includes(`${path} was edited after run a started`), error.message);
    assert.match(error.message, /restore it to continue this run, or start a run with another id$/);
    return true;
  });
  await write(ORIGINAL);
  assert.equal(await pin('a'), first);
});

test('an edited file that the module imports is refused too', async (context) => {
  const { pin, write, path } = await scene(context);
  await write("export { build } from './layers.mjs';");
  await place(join(path, '..', 'layers.mjs'), ORIGINAL);
  await pin('a');
  await place(join(path, '..', 'layers.mjs'), EDITED);
  await assert.rejects(pin('a'), /^ConfigurationError: network: .*net\.mjs was edited/);
});

test('each run pins the file as it is when the run begins', async (context) => {
  const { pin, write } = await scene(context);
  const first = await pin('a');
  await write(EDITED);
  assert.notEqual(await pin('b'), first);
  await assert.rejects(pin('a'), /^ConfigurationError/);
});

test('of two trainings that begin at once, both use the same content', async (context) => {
  const { pin } = await scene(context);
  const [one, other] = await Promise.all([pin('a'), pin('a')]);
  assert.equal(one, other);
});

test('networks without a file of their own have nothing to pin', async (context) => {
  const { store } = await scene(context);
  const residual = { kind: 'residual', width: 4, blocksPerStage: 1, stages: 1, stem: 'auto' } as const;
  const stored = { kind: 'stored', modelKey: 'm', weightsHash: 'w', head: 'new' } as const;
  for (const start of [residual, stored]) {
    assert.equal(await pinNetwork({ runId: 'a', plan: { start } }, store), undefined);
  }
  assert.deepEqual(await store.list('runs/a/networks/'), []);
});
