import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keepModel } from '../../../activities/keep-model.js';
import type { DatasetRecord } from '../../../domain/records.js';
import { evaluate } from '../../../learning/evaluation/evaluate.js';
import { modelKeys } from '../../../storage/keys.js';
import { readModelCard } from '../../../storage/models.js';
import { openStore } from '../../../storage/open-store.js';
import { temporaryFolder } from '../../support/picture-files.js';

test('a model keeps the fit of its data set', async (context) => {
  const store = openStore(await temporaryFolder(context));
  const predictions = Float32Array.of(0.9, 0.1);
  const outcome = {
    model: { topology: {}, weightSpecs: [], weights: new Uint8Array([1, 2, 3]) },
    parameters: 1,
    predictions,
    evaluation: evaluate(predictions, Int32Array.of(0), 2),
    temperature: 1,
    calibratedError: 0,
  };
  const dataset = {
    classes: ['bag', 'boot'],
    image: { height: 8, width: 8, channels: 1 },
    fit: 'contain',
  } as unknown as DatasetRecord;
  const kept = { runId: 'a', dataset, generation: 0, keys: modelKeys('a', 'student') };
  const { modelKey } = await keepModel(kept, store, outcome);
  assert.equal((await readModelCard(store, modelKey)).fit, 'contain');
});
