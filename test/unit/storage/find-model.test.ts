import assert from 'node:assert/strict';
import { join, relative } from 'node:path';
import { type TestContext, test } from 'node:test';
import { openModel } from '../../../cli/predict/open-model.js';
import type { ModelVersion } from '../../../domain/records.js';
import { findModel } from '../../../storage/find-model.js';
import { writeModel } from '../../../storage/models.js';
import { openStore } from '../../../storage/open-store.js';
import { rollBack } from '../../../storage/registry.js';
import { place, temporaryFolder } from '../../support/picture-files.js';
import { promoted } from '../../support/promoted.js';

const CAUSE = { by: 'gate', reason: 'better' };
const IMAGE = { height: 8, width: 8, channels: 1 } as const;
const CLASSES = ['bag', 'シャツ'];

/** A store with two runs of the line clothes: versions 1 and 2 by run a, 3 by run b, rolled back to 2. */
async function storeWithModels(context: TestContext) {
  const root = await temporaryFolder(context);
  const store = openStore(root);
  const keyOf = (runId: string, generation: number) => `runs/${runId}/generation-${generation}/model`;
  const add = async (runId: string, generation: number) => {
    const modelKey = keyOf(runId, generation);
    const model: Omit<ModelVersion, 'version' | 'promotedAt'> = {
      ...{ line: 'clothes', modelKey, runId, generation, classes: CLASSES, image: IMAGE },
      ...{ validationAccuracy: 0.8, parameters: 1, datasetHash: 'abc' },
    };
    const stored = { topology: {}, weightSpecs: [], weights: new Uint8Array([1, 2, 3]) };
    await writeModel(store, modelKey, stored, {
      ...{ runId, generation, classes: CLASSES, image: IMAGE, fit: 'contain', temperature: 1 },
    });
    await promoted(store, model, CAUSE);
  };
  await add('run-a', 0);
  await add('run-a', 1);
  await add('run-b', 0);
  await rollBack(store, 'clothes', 2, CAUSE);
  return { root, store, keyOf };
}

test('a line stands for its champion, also after a rollback', async (context) => {
  const { store, keyOf } = await storeWithModels(context);
  const { name, key } = await findModel('clothes', store);
  assert.deepEqual([name, key], ['clothes@2', keyOf('run-a', 1)]);
});

test('finds a version and a run without a server', async (context) => {
  const { store, keyOf } = await storeWithModels(context);
  assert.equal((await findModel('clothes@3', store)).key, keyOf('run-b', 0));
  const ofRun = await findModel('run-a', store);
  assert.deepEqual([ofRun.name, ofRun.key], ['clothes@2', keyOf('run-a', 1)]);
});

test('finds a folder, or its model.json, by a relative path', async (context) => {
  const { root, store, keyOf } = await storeWithModels(context);
  for (const path of [join(root, keyOf('run-b', 0)), join(root, keyOf('run-b', 0), 'model.json')]) {
    const found = await findModel(relative(process.cwd(), path), store);
    assert.equal(found.store.url, store.url);
    assert.equal(found.key, keyOf('run-b', 0));
    assert.deepEqual((await openModel(found)).card.classes, CLASSES);
  }
});

test('an unknown name is refused with the names that exist', async (context) => {
  const { store } = await storeWithModels(context);
  await assert.rejects(findModel('cloths', store), {
    name: 'ConfigurationError',
    message: `model: received "cloths", expected a folder with model.json, or a line of models, line@version or run in ${store.url}: did you mean clothes?`,
  });
  await assert.rejects(findModel('clothes@9', store), {
    message: 'model: received version 9 of "clothes", expected one of 1 to 3',
  });
  await assert.rejects(findModel('weather', store, 'teachers[1]'), {
    message: `teachers[1]: received "weather", expected a folder with model.json, or a line of models, line@version or run in ${store.url}: its lines are clothes`,
  });
  await assert.rejects(
    findModel('clothes@9', store, 'from'),
    /^ConfigurationError: from: received version 9/,
  );
  const empty = openStore(await temporaryFolder(context));
  await assert.rejects(findModel('clothes', empty), /it has no models yet/);
});

test('a found model says how to fit images of another shape', async (context) => {
  const { store } = await storeWithModels(context);
  assert.equal((await openModel(await findModel('clothes', store))).card.fit, 'contain');
});

test('a model without our metadata is refused, because its classes are unknown', async (context) => {
  const folder = await temporaryFolder(context);
  await place(join(folder, 'theirs', 'model.json'), '{"format": "layers-model"}');
  const found = await findModel(join(folder, 'theirs'), openStore(folder));
  await assert.rejects(openModel(found), {
    name: 'ConfigurationError',
    message: /its model\.json does not say its classes and image size$/,
  });
});

test('corrupt weights are refused', async (context) => {
  const { store, keyOf } = await storeWithModels(context);
  await store.write(`${keyOf('run-a', 1)}/weights.bin`, new Uint8Array([1, 2, 4]));
  await assert.rejects(openModel(await findModel('clothes', store)), { name: 'CorruptArtifactError' });
});

test('a damaged record of one line hides the models of no other', async (context) => {
  const { store, keyOf } = await storeWithModels(context);
  await store.write('registry/shoes/00000001.json', Buffer.from('{'));
  assert.equal((await findModel('clothes', store)).key, keyOf('run-a', 1));
  assert.equal((await findModel('run-b', store)).key, keyOf('run-b', 0));
  for (const wanted of ['shoes', 'shoes@1', 'run-c'])
    await assert.rejects(findModel(wanted, store), /registry\/shoes\/00000001\.json/);
});

test('a reference that can be no name is told as one, not as a key of the store', async (context) => {
  const store = openStore(await temporaryFolder(context));
  for (const wanted of ['', ' ', '../evil', '..', 'a\\b', 'a\0b', '\u001b[2J']) {
    await assert.rejects(findModel(wanted, store), {
      name: 'ConfigurationError',
      message: /^model: received ".*expected a folder with model\.json, or a line of models/s,
    });
  }
});
