import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { openModel } from '../../../activities/open-model.js';
import { selfTrainingConfig } from '../../../domain/methods/self-training.js';
import { readModelCard, writeModel } from '../../../storage/models.js';
import { openStore } from '../../../storage/open-store.js';
import { activityContext } from '../../support/activity-context.js';
import { temporaryFolder } from '../../support/picture-files.js';
import { promoted } from '../../support/promoted.js';

test('within a run a name stands for the model that it first opened', async (context) => {
  const store = openStore(await temporaryFolder(context));
  const own = {
    runId: 'a',
    generation: 0,
    classes: ['bag', 'boot'],
    image: { height: 8, width: 8, channels: 1 },
  } as const;
  const modelKey = 'runs/a/generation-0/model';
  const stored = { topology: {}, weightSpecs: [], weights: new Uint8Array([1, 2, 3]) };
  await writeModel(store, modelKey, stored, { ...own, fit: 'contain', temperature: 1 });
  const version = {
    ...own,
    line: 'clothes',
    modelKey,
    validationAccuracy: 0.8,
    parameters: 1,
    datasetHash: 'h',
  };
  await promoted(store, version, { by: 'gate', reason: 'better' });

  const config = selfTrainingConfig.parse({
    name: 'next',
    data: { labelled: { format: 'class-folders', path: 'x' } },
  });
  const input = { runId: 'b', config, reference: 'clothes', name: 'model', field: 'model' };
  const opened = await openModel(input, activityContext(store));
  assert.deepEqual([opened.reference, opened.name, opened.modelKey], ['clothes', 'clothes@1', modelKey]);
  assert.equal(opened.fit, 'contain');

  const its = { ...version, runId: 'b', modelKey: 'runs/b/model' };
  await writeModel(store, its.modelKey, stored, { ...own, runId: 'b', fit: 'cover', temperature: 1 });
  await promoted(store, its);
  const again = await openModel(input, activityContext(store));
  assert.deepEqual(again, opened, 'the same model after the run itself has a version in the line');
  const other = await openModel({ ...input, runId: 'c' }, activityContext(store));
  assert.deepEqual([other.name, other.modelKey], ['clothes@2', 'runs/b/model']);
});

test('the copy of a model from another store keeps its fit, temperature and task boundary', async (context) => {
  const [elsewhere, store] = [await temporaryFolder(context), openStore(await temporaryFolder(context))];
  const stored = { topology: {}, weightSpecs: [], weights: new Uint8Array([1, 2, 3]) };
  const card = {
    runId: 'a',
    generation: 3,
    classes: ['bag', 'boot'],
    fit: 'contain',
    temperature: 1.5,
    taskBoundary: 1,
  } as const;
  const image = { height: 8, width: 8, channels: 1 } as const;
  await writeModel(openStore(elsewhere), 'model', stored, { ...card, image });
  const config = selfTrainingConfig.parse({
    name: 'next',
    data: { labelled: { format: 'class-folders', path: 'x' }, image: { fit: 'fill' } },
  });
  const input = { runId: 'b', config, reference: join(elsewhere, 'model'), name: 'model', field: 'model' };
  const opened = await openModel(input, activityContext(store));
  assert.equal(opened.fit, 'contain');
  assert.equal(opened.taskBoundary, 1);
  const copy = await readModelCard(store, opened.modelKey);
  assert.deepEqual([copy.runId, copy.fit, copy.temperature], ['b', 'contain', 1.5]);
});
