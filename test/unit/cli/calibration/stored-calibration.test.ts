import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { storedCalibration } from '../../../../cli/calibration/stored-calibration.js';
import { dataConfig } from '../../../../domain/config/data.js';
import { appendNewClasses } from '../../../../domain/extended-classes.js';
import { openLabels } from '../../../../learning/datasets/open-labels.js';
import { prepareDataset } from '../../../../learning/datasets/prepare.js';
import { writeFloats } from '../../../../storage/floats.js';
import { modelKeys, runKeys } from '../../../../storage/keys.js';
import { writeModel } from '../../../../storage/models.js';
import { openStore } from '../../../../storage/open-store.js';
import { placeClasses, temporaryFolder } from '../../../support/picture-files.js';

test('an extended model is calibrated with its own class indices', async (context) => {
  const folder = await temporaryFolder(context);
  const store = openStore(join(folder, 'store'));
  const path = await placeClasses(join(folder, 'pictures'), { bag: 4, boot: 4 });
  const data = dataConfig.parse({
    labelled: { format: 'class-folders', path },
    labelsPerClass: 2,
    validationPerClass: 2,
  });
  const { split, leftOut } = runKeys('a');
  const onProgress = () => undefined;
  const { signal } = new AbortController();
  const keys = { split, leftOut };
  const own = await prepareDataset({ data, seed: 1, store, keys, onProgress, signal });
  const dataset = appendNewClasses(own, ['coat']);
  const { validation } = await openLabels(dataset, store);
  const answers = [...validation].flatMap((label) => [0, 1, 2].map((each) => (each === label ? 0.8 : 0.1)));

  const { model, validationPredictions } = modelKeys('a', 'retention');
  const found = { name: 'wider@1', store, key: model };
  const { key: first } = await writeFloats(store, validationPredictions, Float32Array.from(answers));
  const stored = { topology: {}, weightSpecs: [], weights: new Uint8Array([1]) };
  const { classes, image } = dataset;
  const card = { runId: 'a', generation: 0, classes, image, fit: 'cover', temperature: 1 } as const;
  await writeModel(store, model, stored, card);
  assert.equal((await storedCalibration(found)).accuracy, 1);

  // It predicts coat for all, a class that never learnt to compete with the others.
  const coats = answers.map((share, at) => (at % 3 === 0 ? 0.9 : share / 9));
  await writeFloats(store, validationPredictions, Float32Array.from(coats));
  await assert.rejects(storedCalibration(found), /has several predictions beside it/);
  await store.remove(first);
  assert.equal((await storedCalibration(found)).accuracy, 0);
  await writeModel(store, model, stored, { ...card, taskBoundary: 1 });
  const { accuracy, among } = await storedCalibration(found);
  assert.deepEqual([accuracy, among], [1, ['bag', 'boot']]);
});
