import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ModelError } from '../../../../domain/errors.js';
import type { StoredModel } from '../../../../domain/stored-model.js';
import { type TensorFlow, tf } from '../../../../engine/tensorflow.js';
import { drawsNoise } from '../../../../learning/models/layers/keyed-dropout.js';
import { predict } from '../../../../learning/models/predict.js';
import { residualNetwork } from '../../../../learning/models/residual.js';
import { storeModel } from '../../../../learning/models/serialisation.js';
import { type StartNeeds, startFrom, withHeadWeights } from '../../../../learning/models/start.js';
import { untrained } from '../../../../learning/models/untrained.js';
import { imagesOf } from '../../../support/images.js';

const IMAGE = { height: 8, width: 8, channels: 1 } as const;

async function ladder(change: object = {}): Promise<StoredModel> {
  const model = residualNetwork(
    { kind: 'residual', width: 4, blocksPerStage: 1, stages: 2, stem: 'full' },
    { image: IMAGE, classes: 3, dropout: 0, stochasticDepth: 0, seed: 7, ...change },
  );
  const stored = await storeModel(model);
  model.dispose();
  return stored;
}

async function stored(layers: readonly TensorFlow.layers.Layer[]): Promise<StoredModel> {
  const model = tf.sequential({ layers: [...layers] });
  const bytes = await storeModel(model);
  model.dispose();
  return bytes;
}

const needs = (change: Partial<StartNeeds> = {}): StartNeeds => ({
  head: 'new',
  classes: 2,
  image: IMAGE,
  seed: 1,
  ...change,
});

/** Values of all weights, by layer. */
async function weights(model: StoredModel, change: Partial<StartNeeds>) {
  const network = await startFrom(model, needs(change));
  const values = Object.fromEntries(
    network.layers.map(({ name }) => [
      name,
      network
        .getLayer(name)
        .getWeights()
        .map((weight) => [...weight.dataSync()]),
    ]),
  );
  network.dispose();
  return values;
}

const below = ({ logits: _, ...rest }: Awaited<ReturnType<typeof weights>>) => rest;

test('a kept head does not change the model', async () => {
  const model = await ladder();
  const network = await startFrom(model, needs({ head: 'kept', classes: 3 }));
  const again = await storeModel(network);
  network.dispose();
  assert.deepEqual(Buffer.from(again.weights), Buffer.from(model.weights));
});

test('a new head does not change the layers below, and depends on the seed', async () => {
  const model = await ladder();
  const old = await weights(model, { head: 'kept', classes: 3 });
  const fresh = await weights(model, { classes: 5 });
  assert.deepEqual(below(fresh), below(old));
  assert.deepEqual(
    fresh['logits']!.map(({ length }) => length),
    [8 * 5, 5],
  );
  assert.deepEqual(await weights(model, { classes: 5 }), fresh);
  assert.notDeepEqual((await weights(model, { classes: 5, seed: 2 }))['logits'], fresh['logits']);
});

test('an extended head keeps the old columns and appends fresh ones', async () => {
  const model = await ladder();
  const old = await weights(model, { head: 'kept', classes: 3 });
  const wide = await weights(model, { head: 'extended', classes: 5 });
  const fresh = await weights(model, { classes: 5 });
  assert.deepEqual(below(wide), below(old));
  const column = (values: readonly number[], of: number, at: number) =>
    values.filter((_, index) => index % of === at);
  for (const at of [0, 1, 2]) {
    assert.deepEqual(column(wide['logits']![0]!, 5, at), column(old['logits']![0]!, 3, at));
  }
  for (const at of [3, 4]) {
    assert.deepEqual(column(wide['logits']![0]!, 5, at), column(fresh['logits']![0]!, 5, at));
  }
  assert.deepEqual(wide['logits']![1], [...old['logits']![1]!, 0, 0]);
});

test('dropout before the head has the wanted rate, whatever the model had', async () => {
  const noisyLayers = async (model: StoredModel, change: Partial<StartNeeds>) => {
    const network = await startFrom(model, needs(change));
    const noisy = network.layers.filter(drawsNoise).map((layer) => layer.getConfig()['rate']);
    network.dispose();
    return noisy;
  };
  const plain = await ladder();
  const dropped = await ladder({ dropout: 0.3, stochasticDepth: 0.4 });
  assert.deepEqual(await noisyLayers(plain, { dropout: 0.5 }), [0.5]);
  assert.deepEqual(await noisyLayers(dropped, {}), [0.2, 0.4, 0.3]);
  assert.deepEqual(await noisyLayers(dropped, { dropout: 0, stochasticDepth: 0 }), []);
  assert.deepEqual(await noisyLayers(dropped, { dropout: 0.1, stochasticDepth: 0.1 }), [0.05, 0.1, 0.1]);
  assert.deepEqual(await noisyLayers(dropped, { head: 'kept', classes: 3, dropout: 0.1 }), [0.2, 0.4, 0.1]);
  await assert.rejects(
    startFrom(plain, needs({ stochasticDepth: 0.2 })),
    (error: Error) =>
      error instanceof ModelError && /stochasticDepth: received 0.2, expected 0/.test(error.message),
  );
});

test('a model from elsewhere is a start too, with a softmax layer or without', async () => {
  const flat = () => tf.layers.flatten({ inputShape: [8, 8, 1] });
  const hidden = () => tf.layers.dense({ units: 6, activation: 'relu' });
  const plain = await stored([flat(), hidden(), tf.layers.dense({ units: 4, name: 'out', useBias: false })]);
  const soft = await stored([flat(), hidden(), tf.layers.dense({ units: 4 }), tf.layers.softmax()]);
  for (const model of [plain, soft]) {
    const network = await startFrom(model, needs({ classes: 2, dropout: 0.5 }));
    assert.deepEqual(network.outputs[0]!.shape, [null, 2]);
    network.dispose();
  }
});

test('a model with other images, another last layer or other classes is a ModelError that says why', async () => {
  const model = await ladder();
  const refused = (from: StoredModel, change: Partial<StartNeeds>, message: RegExp) =>
    assert.rejects(
      startFrom(from, needs(change)),
      (error: Error) => error instanceof ModelError && message.test(error.message),
    );
  const large = { height: 16, width: 12, channels: 1 } as const;
  await refused(model, { image: large }, /data.image: received images of 16 x 12 x 1 .* expected 8 x 8 x 1/);
  const colour = { ...IMAGE, channels: 3 } as const;
  await refused(model, { image: colour }, /received images of 8 x 8 x 3 .* expected 8 x 8 x 1/);
  await refused(model, { head: 'kept', classes: 4 }, /classes: received 4, expected 3/);
  await refused(model, { head: 'extended', classes: 2 }, /classes: received 2, expected at least the 3/);
  const pooled = await stored([
    tf.layers.conv2d({ filters: 3, kernelSize: 3, inputShape: [8, 8, 1] }),
    tf.layers.globalAveragePooling2d({ name: 'scores' }),
  ]);
  await refused(pooled, {}, /GlobalAveragePooling2D layer "scores"/);
});

test('no tensors are left behind, also after an error', async () => {
  const model = await ladder({ dropout: 0.2 });
  await weights(model, { dropout: 0.1 });
  const before = tf.memory().numTensors;
  await weights(model, { dropout: 0.1 });
  await weights(model, { head: 'extended', classes: 4 });
  await assert.rejects(startFrom(model, needs({ head: 'kept', classes: 4 })));
  assert.equal(tf.memory().numTensors, before);
});

test('a head of given weights predicts by the formula', async () => {
  const model = await ladder();
  const kernel = Float32Array.from({ length: 8 * 2 }, (_, index) => Math.sin(index));
  const whole = await withHeadWeights(
    model,
    { classes: 2, image: IMAGE },
    { kernel, bias: Float32Array.of(1, -1) },
  );
  const images = imagesOf([0, 90, 255], [0, 0, 0]);
  const predictions = await predict({ model: whole, images, first: 0, count: 3 });
  const none = await withHeadWeights(
    model,
    { classes: 2, image: IMAGE },
    { kernel: new Float32Array(16), bias: Float32Array.of(1, -1) },
  );
  const constant = await predict({ model: none, images, first: 0, count: 3 });
  constant.forEach((value, index) => {
    const expected = 1 / (1 + Math.exp(index % 2 ? 2 : -2));
    assert.ok(Math.abs(value - expected) < 1e-6);
  });
  assert.notDeepEqual(predictions, constant);
});

test('an untrained copy has other weights, which depend on the seed', async () => {
  const model = await ladder();
  const [first, again, other] = [
    await untrained(model, 1),
    await untrained(model, 1),
    await untrained(model, 2),
  ];
  assert.deepEqual(Buffer.from(first.weights), Buffer.from(again.weights));
  assert.notDeepEqual(Buffer.from(first.weights), Buffer.from(other.weights));
  assert.notDeepEqual(Buffer.from(first.weights), Buffer.from(model.weights));
  assert.deepEqual(first.weightSpecs, model.weightSpecs);
});
