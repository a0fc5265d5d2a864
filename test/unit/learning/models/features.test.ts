import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ModelError } from '../../../../domain/errors.js';
import { keyedRandom } from '../../../../domain/random.js';
import { type TensorFlow, tf } from '../../../../engine/tensorflow.js';
import type { ImageSet } from '../../../../learning/datasets/image-set.js';
import { featuresOf } from '../../../../learning/models/features.js';
import { predict } from '../../../../learning/models/predict.js';
import { residualNetwork } from '../../../../learning/models/residual.js';
import { storeModel } from '../../../../learning/models/serialisation.js';

const SHAPE = { height: 8, width: 8, channels: 1 } as const;
const CLASSES = 3;

const images: ImageSet = {
  shape: SHAPE,
  count: 5,
  label: () => -1,
  copy(position, target, offset) {
    const random = keyedRandom(7, position);
    for (let at = 0; at < 64; at++) target[offset + at] = random.integer(256);
  },
};

function softmax(logits: readonly number[]): number[] {
  const exponentials = logits.map(Math.exp);
  const sum = exponentials.reduce((a, b) => a + b);
  return exponentials.map((value) => value / sum);
}

/** Applies the last layer by hand: the result must be the predictions of the whole network. */
async function assertLeadsToPredictions(network: TensorFlow.LayersModel, layer: string): Promise<void> {
  const [kernel, bias] = network.getLayer(layer).getWeights();
  const weights = kernel!.reshape([-1, CLASSES]).arraySync() as number[][];
  const offsets = (bias?.arraySync() as number[] | undefined) ?? new Array<number>(CLASSES).fill(0);
  const model = await storeModel(network);
  network.dispose();
  const part = { model, images, first: 1, count: 4 };
  const { features, width } = await featuresOf(part);
  assert.equal(features.length, 4 * width);
  const predictions = await predict(part);
  for (let image = 0; image < 4; image++) {
    const own = features.subarray(image * width, (image + 1) * width);
    const logits = offsets.map((offset, index) =>
      own.reduce((sum, value, at) => sum + value * weights[at]![index]!, offset),
    );
    for (const [index, probability] of softmax(logits).entries())
      assert.ok(Math.abs(probability - predictions[image * CLASSES + index]!) < 1e-5);
  }
}

test('features are the inputs of the last layer, without dropout', async () => {
  const spec = { kind: 'residual', width: 4, stages: 2, blocksPerStage: 1, stem: 'full' } as const;
  const needs = { image: SHAPE, classes: CLASSES, dropout: 0.5, stochasticDepth: 0.5, seed: 1 };
  await assertLeadsToPredictions(residualNetwork(spec, needs), 'logits');
});

test('feature maps before a convolutional last layer are averaged over positions', async () => {
  const network = tf.sequential({
    layers: [
      tf.layers.conv2d({ inputShape: [8, 8, 1], filters: 5, kernelSize: 3, activation: 'relu' }),
      tf.layers.rescaling({ scale: 1 / 255 }),
      tf.layers.conv2d({ name: 'head', filters: CLASSES, kernelSize: 1 }),
      tf.layers.globalAveragePooling2d({}),
      tf.layers.softmax(),
    ],
  });
  await assertLeadsToPredictions(network, 'head');
});

test('features leave no tensors behind', async () => {
  const spec = { kind: 'residual', width: 4, stages: 1, blocksPerStage: 1, stem: 'full' } as const;
  const needs = { image: SHAPE, classes: CLASSES, dropout: 0, stochasticDepth: 0, seed: 1 };
  const network = residualNetwork(spec, needs);
  const model = await storeModel(network);
  network.dispose();
  const extract = () => featuresOf({ model, images, first: 0, count: 5 });
  await extract();
  const before = tf.memory().numTensors;
  await extract();
  assert.equal(tf.memory().numTensors, before);
});

test('a network that does not end in a single chain of layers is refused', async () => {
  const input = tf.input({ shape: [8, 8, 1] });
  const flat = tf.layers.flatten().apply(input) as TensorFlow.SymbolicTensor;
  const [one, other] = [1, 2].map(
    () => tf.layers.dense({ units: CLASSES }).apply(flat) as TensorFlow.SymbolicTensor,
  );
  const sum = tf.layers.add().apply([one!, other!]) as TensorFlow.SymbolicTensor;
  const network = tf.model({
    inputs: input,
    outputs: tf.layers.softmax().apply(sum) as TensorFlow.SymbolicTensor,
  });
  const model = await storeModel(network);
  await assert.rejects(featuresOf({ model, images, first: 0, count: 5 }), (error: Error) => {
    assert.ok(error instanceof ModelError);
    assert.match(error.message, /Add/);
    return true;
  });
});
