import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { modelSpec } from '../../../../domain/config/model.js';
import { ModelError } from '../../../../domain/errors.js';
import type { ImageShape } from '../../../../domain/records.js';
import { tf } from '../../../../engine/tensorflow.js';
import { allowModulesIn } from '../../../../learning/models/allowed-modules.js';
import { drawsNoise } from '../../../../learning/models/layers/keyed-dropout.js';
import { withoutSoftmax } from '../../../../learning/models/logits.js';
import { buildNetwork } from '../../../../learning/models/network.js';
import { residualNetwork } from '../../../../learning/models/residual.js';
import { restoreModel, storeModel } from '../../../../learning/models/serialisation.js';
import { writeModel } from '../../../../storage/models.js';
import { openStore } from '../../../../storage/open-store.js';

const GRAY: ImageShape = { height: 28, width: 28, channels: 1 };
const LARGE: ImageShape = { height: 224, width: 224, channels: 3 };

let folder: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'apprentice-models-'));
});
after(() => rm(folder, { recursive: true, force: true }));

const residual = (change: object = {}) => {
  const spec = modelSpec.parse({ kind: 'residual', width: 8, ...change });
  assert(spec.kind === 'residual');
  return spec;
};
const needs = (image: ImageShape, change: object = {}) => ({
  image,
  classes: 5,
  dropout: 0,
  stochasticDepth: 0,
  seed: 1,
  ...change,
});

async function moduleAt(name: string, text: string) {
  const path = join(folder, name);
  await writeFile(path, text);
  allowModulesIn([folder]);
  return modelSpec.parse({ kind: 'module', path });
}

test('a residual network predicts probabilities for small gray and large colour images', () => {
  for (const image of [GRAY, LARGE]) {
    const model = residualNetwork(residual(), needs(image));
    const pixels = tf.fill([2, image.height, image.width, image.channels], 128);
    const output = (model.predict(pixels) as ReturnType<typeof tf.softmax>).arraySync() as number[][];
    assert.deepEqual([output.length, output[0]!.length], [2, 5]);
    assert.ok(Math.abs(output[0]!.reduce((sum, value) => sum + value, 0) - 1) < 1e-5);
    model.dispose();
  }
});

test('a module builds the same initial weights from the same seed, 0 too', async () => {
  const path = fileURLToPath(new URL('../../../../../examples/own-network.mjs', import.meta.url));
  allowModulesIn([dirname(path)]);
  const spec = modelSpec.parse({ kind: 'module', path });
  const weights = async (seed: number) => {
    const model = await buildNetwork(spec, needs(GRAY, { seed }));
    const { weights } = await storeModel(model);
    model.dispose();
    return Buffer.from(weights).toString('hex');
  };
  for (const seed of [0, 1]) assert.equal(await weights(seed), await weights(seed));
  assert.notEqual(await weights(0), await weights(1));
});

test('the number of parameters follows from the layers, and grows with width and depth', () => {
  const count = (change: object) => {
    const model = residualNetwork(residual(change), needs(GRAY));
    const parameters = model.countParams();
    model.dispose();
    return parameters;
  };
  // One stage: stem 3*3*1*8, two convolutions 3*3*8*8, three batch norms of 4*8, dense 8*5+5.
  assert.equal(count({ stages: 1 }), 72 + 2 * 576 + 3 * 32 + 45);
  assert.ok(count({ width: 16 }) > count({}));
  assert.ok(count({ blocksPerStage: 2 }) > count({}));
});

test('initial weights depend on the seed', async () => {
  const bytes = async (seed: number) => {
    const model = residualNetwork(residual(), needs(GRAY, { seed }));
    const { weights } = await storeModel(model);
    model.dispose();
    return Buffer.from(weights).toString('base64');
  };
  assert.equal(await bytes(1), await bytes(1));
  assert.notEqual(await bytes(1), await bytes(2));
});

test('a restored network predicts as before; noise layers do nothing outside training', async () => {
  const model = residualNetwork(residual(), needs(GRAY, { dropout: 0.5, stochasticDepth: 0.5 }));
  const pixels = tf.randomUniform([3, 28, 28, 1], 0, 255, 'float32', 4);
  const predict = (network: typeof model) =>
    Array.from((network.predict(pixels) as typeof pixels).dataSync());
  const restored = await restoreModel(await storeModel(model));
  assert.deepEqual(predict(restored), predict(model));
  assert.deepEqual(predict(model), predict(model));
});

test('a user’s module builds the network with its export build', async () => {
  const spec = await moduleAt(
    'own.mjs',
    `export function build({ tf, image, classes, dropout, options }) {
       return tf.sequential({ layers: [
         tf.layers.flatten({ inputShape: [image.height, image.width, image.channels] }),
         tf.layers.dense({ units: options.units ?? 4, activation: 'relu' }),
         tf.layers.dropout({ rate: dropout }),
         tf.layers.dense({ units: classes }),
         tf.layers.softmax(),
       ] });
     }`,
  );
  const model = await buildNetwork(spec, needs(GRAY, { dropout: 0.5 }));
  assert.deepEqual(
    model.layers.filter(drawsNoise).map((layer) => layer.getClassName()),
    ['Dropout'],
    'its dropout is keyed',
  );
  assert.deepEqual(model.outputs[0]!.shape, [null, 5]);
  assert.equal(withoutSoftmax(model).outputs[0]!.sourceLayer.getClassName(), 'Dense');
});

test('a saved LayersModel is loaded with its weights', async () => {
  const saved = residualNetwork(residual(), needs(GRAY));
  await saved.save(pathToFileURL(join(folder, 'saved')).href);
  const loaded = await buildNetwork(
    modelSpec.parse({ kind: 'saved', path: join(folder, 'saved') }),
    needs(GRAY),
  );
  assert.equal(loaded.countParams(), saved.countParams());
});

test('a saved model with class names is refused for other classes, and for another order', async () => {
  const network = residualNetwork(residual(), needs(GRAY, { classes: 2 }));
  const stored = await storeModel(network);
  network.dispose();
  const card = {
    runId: 'a',
    generation: 0,
    classes: ['bag', 'boot'],
    image: GRAY,
    fit: 'cover',
    temperature: 1,
  } as const;
  await writeModel(openStore(folder), 'ours', stored, card);
  const saved = { kind: 'saved', path: join(folder, 'ours') } as const;
  const built = (classes: string[]) => buildNetwork(saved, needs(GRAY, { classes: 2 }), { classes });
  (await built(['bag', 'boot'])).dispose();
  await assert.rejects(built(['bag', 'hat']), {
    name: 'ModelError',
    message: /^model\.path: received .*ours with the classes bag, boot, expected those of the data: bag, hat/,
  });
  await assert.rejects(built(['boot', 'bag']), /numbers the classes bag, boot, expected .* order boot, bag/);
});

test('networks that do not fit are a ModelError with received and expected', async () => {
  const saved = { kind: 'saved', path: join(folder, 'saved') } as const;
  const refused = (pattern: RegExp) => (error: Error) =>
    error instanceof ModelError && pattern.test(error.message);
  await assert.rejects(
    buildNetwork(saved, needs({ ...GRAY, channels: 3 })),
    refused(/^model\.path: received an input of \[null,28,28,1\], expected \[null,28,28,3\]/),
  );
  await assert.rejects(
    buildNetwork(saved, needs(GRAY, { classes: 7 })),
    refused(/^model\.path: received an output of 5 classes, expected 7/),
  );
  await assert.rejects(
    buildNetwork({ kind: 'saved', path: join(folder, 'nowhere') }, needs(GRAY), { field: 'models[1]' }),
    refused(/^models\[1\]\.path: .*nowhere does not load as a tfjs LayersModel/),
  );
  await assert.rejects(
    buildNetwork(await moduleAt('none.mjs', 'export const other = 1;'), needs(GRAY)),
    refused(/exports other, expected an export named build/),
  );
  await assert.rejects(
    buildNetwork(await moduleAt('broken.mjs', 'export const build = ;'), needs(GRAY)),
    refused(/broken\.mjs does not load/),
  );
  await assert.rejects(
    buildNetwork(await moduleAt('empty.mjs', 'export function build() {}'), needs(GRAY), {
      field: 'models[2]',
    }),
    refused(/^models\[2\]\.path: .*build returned nothing, expected a tf\.LayersModel/),
  );
  await assert.rejects(
    buildNetwork(
      await moduleAt('throws.mjs', 'export function build() { throw new Error("no idea"); }'),
      needs(GRAY),
    ),
    refused(/throws\.mjs gives no network: no idea/),
  );
  const noisy = `export const build = ({ tf, image, classes }) => tf.sequential({ layers: [
    tf.layers.flatten({ inputShape: [image.height, image.width, image.channels] }),
    tf.layers.gaussianNoise({ stddev: 1 }), tf.layers.dense({ units: classes }) ] });`;
  await assert.rejects(
    buildNetwork(await moduleAt('noisy.mjs', noisy), needs(GRAY)),
    refused(/a GaussianNoise, whose .*expected noise by tf\.layers\.dropout/),
  );
});
