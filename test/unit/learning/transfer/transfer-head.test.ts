import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import type { ArtifactStore } from '../../../../domain/artifact-store.js';
import { ModelError } from '../../../../domain/errors.js';
import { predict } from '../../../../learning/models/predict.js';
import { residualNetwork } from '../../../../learning/models/residual.js';
import { storeModel } from '../../../../learning/models/serialisation.js';
import { cachedFeatures } from '../../../../learning/transfer/cached-features.js';
import { sourceDistance } from '../../../../learning/transfer/source-distance.js';
import { transferHead } from '../../../../learning/transfer/transfer-head.js';
import { openStore } from '../../../../storage/open-store.js';
import { imagesOf } from '../../../support/images.js';

let folder: string;
let store: ArtifactStore;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'apprentice-transfer-'));
  store = openStore(pathToFileURL(folder).href);
});
after(() => rm(folder, { recursive: true, force: true }));

async function source(side = 8) {
  const network = residualNetwork(
    { kind: 'residual', width: 4, blocksPerStage: 1, stages: 2, stem: 'full' },
    {
      image: { height: side, width: side, channels: 1 },
      classes: 3,
      dropout: 0.2,
      stochasticDepth: 0,
      seed: 7,
    },
  );
  const model = await storeModel(network);
  network.dispose();
  return model;
}

const half = (count: number) => Array.from({ length: count }, (_, index) => (index % 2 ? 200 : 40) + index);
const labels = (count: number) => Array.from({ length: count }, (_, index) => index % 2);
const images = { labelled: imagesOf(half(12), labels(12)), validation: imagesOf(half(20), labels(20)) };

test('the whole model predicts what its head predicts from the features', async () => {
  const model = await source();
  const {
    head,
    model: whole,
    measures,
    choice,
    parameters,
  } = await transferHead({
    model,
    images,
    classes: 2,
    weightDecays: [0.1, 0.001],
    seed: 1,
    store,
  });
  const predicted = await predict({ model: whole, images: images.validation, first: 0, count: 20 });
  for (const [index, value] of predicted.entries())
    assert.ok(Math.abs(value - head.predictions[index]!) < 1e-5);
  assert.equal(measures.labelsPerClass, 6);
  assert.equal(measures.chance, 0.5);
  assert.equal(measures.accuracy, 1);
  assert.ok(choice.reason.length > 0);
  assert.equal(parameters, whole.weights.byteLength / 4);
});

test('images unlike the training images lie beyond them, the model’s own validation images do not', async () => {
  const model = await source();
  const near = (from: number, count: number) => Array.from({ length: count }, (_, index) => from + 2 * index);
  const known = {
    labelled: imagesOf(near(20, 40), labels(40)),
    validation: imagesOf(near(31, 20), labels(20)),
  };
  const request = { model, source: known, store };
  const other = await sourceDistance({ ...request, images: imagesOf(near(180, 30), labels(30)) });
  assert.deepEqual(other, { beyond: 1, ownBeyond: 0 });
  const alike = await sourceDistance({ ...request, images: imagesOf(near(25, 30), labels(30)) });
  assert.equal(alike?.beyond, 0);
  assert.equal(await sourceDistance({ ...request, images: imagesOf([], []) }), undefined);
});

test('features are computed once, and again if the stored bytes are damaged', async () => {
  const model = await source();
  const request = { model, images: images.labelled, store };
  const first = await cachedFeatures(request);
  const keys = await store.list('features/');
  const reported: number[] = [];
  const again = await cachedFeatures({ ...request, onProgress: (done) => reported.push(done) });
  assert.deepEqual(again, first);
  assert.deepEqual(reported, [0, 12]);
  assert.deepEqual(await store.list('features/'), keys);
  for (const key of keys) await store.write(key, Buffer.from('broken'));
  assert.deepEqual(await cachedFeatures(request), first);
});

test('a signal ends the hashing of many images', async () => {
  const many = imagesOf(
    Array.from({ length: 1000 }, (_, index) => index % 256),
    labels(1000),
  );
  let copied = 0;
  const counted = {
    ...many,
    copy(...by: Parameters<typeof many.copy>) {
      copied++;
      many.copy(...by);
    },
  };
  const end = new AbortController();
  const onProgress = () => {
    if (copied > 0) end.abort(new Error('stop'));
  };
  const request = { model: await source(), images: counted, store, signal: end.signal, onProgress };
  await assert.rejects(cachedFeatures(request), /stop/);
  assert.ok(copied > 0 && copied < 1000, `${copied} images were copied`);
});

test('a model for other images is refused before any work', async () => {
  const reported: number[] = [];
  const request = {
    images,
    classes: 2,
    weightDecays: [0.1],
    seed: 1,
    store,
    onProgress: () => reported.push(1),
  };
  await assert.rejects(
    transferHead({ ...request, model: await source(16) }),
    (error: Error) => error instanceof ModelError && /8 x 8 x 1 .* 16 x 16 x 1/.test(error.message),
  );
  assert.deepEqual(reported, []);
});
